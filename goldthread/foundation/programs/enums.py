"""The words that templates and events use. They are stored and typed into YAML: never rename."""

from enum import StrEnum


class Unit(StrEnum):
    """Units of offsets and intervals."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class EventKind(StrEnum):
    """What can happen to an episode: triggers and evidence of requirements. One word in YAML, database and URL."""

    ENROLLED = "enrolled"
    REFERRED = "referred"
    CONSENTED = "consented"
    ELIGIBLE = "eligible"
    DISCHARGED = "discharged"
    CONTACT = "contact"
    ASSESSMENT = "assessment"
    PLAN_SIGNED = "plan_signed"
    PLAN_REVIEW = "plan_review"
    HEARING = "hearing"
    INCIDENT = "incident"
    SUPERVISION = "supervision"
    HOSPITAL_ADMISSION = "hospital_admission"
    HOSPITAL_DISCHARGE = "hospital_discharge"
    SERVICES_STARTED = "services_started"
    MEETING = "meeting"
    DOCUMENT = "document"
    # what changes the clock rather than meets it
    PAUSED = "paused"
    RESUMED = "resumed"
    ACUITY = "acuity"
    INTERVAL = "interval"
    EXCEPTION = "exception"


class Clock(StrEnum):
    """From when a requirement counts."""

    TRIGGER = "trigger"
    """Once for each trigger: due = trigger + offset."""
    LAST = "last"
    """Again and again: due = the last time it was met (before the first time: the trigger) + interval."""
    PERIOD = "period"
    """In each calendar period; a period that ended unmet is missed."""


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Weight(StrEnum):
    """How much it matters, heaviest first: safety > legal clock > health > other."""

    SAFETY = "safety"
    LEGAL = "legal"
    HEALTH = "health"
    OTHER = "other"


class State(StrEnum):
    """Where a requirement stands on a day."""

    NOT_YET = "not_yet"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    EXCEPTED = "excepted"
    MISSED = "missed"
    PAUSED = "paused"


class Mode(StrEnum):
    """How a contact took place."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Place(StrEnum):
    """Where a contact in person took place."""

    RESIDENCE = "residence"
    OFFICE = "office"
    SCHOOL = "school"
    DAY_SUPPORT = "day_support"
    WORK = "work"
    SHELTER = "shelter"
    CLINIC = "clinic"
    HOSPITAL = "hospital"
    JAIL = "jail"
    COURT = "court"
    STREET = "street"
    COMMUNITY = "community"


class Activity(StrEnum):
    """What was done in a contact. The first four are what targeted case management pays (42 CFR 440.169(d))."""

    ASSESSMENT = "assessment"
    CARE_PLANNING = "care_planning"
    REFERRAL_LINKAGE = "referral_linkage"
    MONITORING = "monitoring"
    ADVOCACY = "advocacy"
    EMOTIONAL_SUPPORT = "emotional_support"
    DIRECT_SUPPORT = "direct_support"
    SKILLS_TEACHING = "skills_teaching"
    FAMILY_EDUCATION = "family_education"
    HEALTH_EDUCATION = "health_education"
    ACCOMPANIMENT = "accompaniment"
    TRANSPORT = "transport"
    CRISIS = "crisis"
    ADMINISTRATION = "administration"


class Seen(StrEnum):
    """Who was there. ``client`` is the person of the episode; in a household, each child stands for themselves."""

    CLIENT = "client"
    CAREGIVER = "caregiver"
    PARENT = "parent"
    FOSTER_PARENT = "foster_parent"
    GUARDIAN = "guardian"
    FAMILY = "family"
    PROVIDER = "provider"
    TEACHER = "teacher"
    EMPLOYER = "employer"
    PROBATION_OFFICER = "probation_officer"
    NATURAL_SUPPORT = "natural_support"
    OTHER = "other"


class Acuity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reason(StrEnum):
    """Why something could not be done. Which of them excuse a rule is that rule's matter."""

    REFUSED = "refused"
    NOT_FOUND = "not_found"
    """Three tries, each logged."""
    FAMILY_DELAY = "family_delay"
    HOSPITAL = "hospital"
    JAIL = "jail"
    AWAY = "away"
    ILLNESS = "illness"
    WEATHER = "weather"
    UNSAFE = "unsafe"
    COURT_ORDER = "court_order"
    PROVIDER_DELAY = "provider_delay"
    STAFF_ABSENT = "staff_absent"
    OTHER = "other"


NEVER_EXCUSES = frozenset({Reason.STAFF_ABSENT, Reason.OTHER})
"""Said by people, accepted by no rule: the agency answers for them."""


class Checklist(StrEnum):
    """What is asked on a visit, by where it is."""

    HOME = "home"
    SCHOOL = "school"
    DAY_SUPPORT = "day_support"
    WORK_PROGRAM = "work_program"
    SHELTER = "shelter"
    CLINIC = "clinic"
    RESIDENCE = "residence"
    HOSPITAL = "hospital"


class Domain(StrEnum):
    """Life domains."""

    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    DAILY_LIVING = "daily_living"
    HOUSING = "housing"
    INCOME = "income"
    FOOD = "food"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    LEGAL = "legal"
    FAMILY = "family"
    SOCIAL = "social"
    TRANSPORTATION = "transportation"
    SAFETY = "safety"
    COMMUNICATION = "communication"
    SPIRITUAL = "spiritual"


class Priority(StrEnum):
    """Who comes first when not everybody can; a program lists them in its order."""

    DANGER = "danger"
    COURT_ORDERED = "court_ordered"
    PREGNANT = "pregnant"
    INJECTS_DRUGS = "injects_drugs"
    LEGAL_CLOCK = "legal_clock"
    LEAVING_HOSPITAL = "leaving_hospital"
    LEAVING_JAIL = "leaving_jail"
    HOMELESS = "homeless"
    YOUNG_CHILD = "young_child"
    SIBLING_SERVED = "sibling_served"
    ALONE = "alone"
    WAITING_LONGEST = "waiting_longest"


class PlanPart(StrEnum):
    """Parts of a plan: text, then kinds of line. A program says which of them must not be empty."""

    VISION = "vision"
    STRENGTHS = "strengths"
    IMPORTANT_TO = "important_to"
    IMPORTANT_FOR = "important_for"
    PREFERENCES = "preferences"
    ROUTINE = "routine"
    CULTURE = "culture"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    DISCHARGE = "discharge"
    OBJECTIVES = "objectives"
    SERVICES = "services"
    RISKS = "risks"
    SUPPORTS = "supports"
    MEETINGS = "meetings"


class Signer(StrEnum):
    """Who is asked to sign a plan."""

    CLIENT = "client"
    GUARDIAN = "guardian"
    PARENT = "parent"
    WORKER = "worker"


class AftercareBy(StrEnum):
    """Who is proposed for a contact after a discharge."""

    WORKER = "worker"
    """The primary worker on the last day."""
    SECOND = "second_worker"
    """The second worker on the last day; the primary one where there was none."""
    SUPERVISOR = "supervisor"
    """Whoever supervises the program's team; the primary worker where nobody does."""


class Break(StrEnum):
    """Where the golden thread breaks, in the order of the thread (docs/the-thread.md)."""

    ASSESSMENT_OLD = "assessment_old"
    NEED_WITHOUT_GOAL = "need_without_goal"
    PLAN_UNSIGNED = "plan_unsigned"
    GOAL_WITHOUT_NEED = "goal_without_need"
    GOAL_WITHOUT_STEP = "goal_without_step"
    GOAL_PAST = "goal_past"
    SERVICE_UNCONFIRMED = "service_unconfirmed"
    GOAL_SILENT = "goal_silent"
    CONTACT_WITHOUT_GOAL = "contact_without_goal"
    OUTCOME_UNKNOWN = "outcome_unknown"


class Coverage(StrEnum):
    """Who pays for care: the words of the fact *coverage* (a test holds the two together)."""

    MEDICAID = "medicaid"
    MEDICARE = "medicare"
    BOTH = "both"
    CHIP = "chip"
    PRIVATE = "private"
    MARKETPLACE = "marketplace"
    VETERANS = "veterans"
    TRICARE = "tricare"
    INDIAN_HEALTH = "indian_health"
    NONE = "none"
    OTHER = "other"


class ReferralSource(StrEnum):
    """Who sent somebody."""

    SELF = "self"
    FAMILY = "family"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    COURT = "court"
    PROBATION = "probation"
    JAIL = "jail"
    CHILD_WELFARE = "child_welfare"
    SCHOOL = "school"
    POLICE = "police"
    CRISIS_LINE = "crisis_line"
    SHELTER = "shelter"
    MANAGED_CARE = "managed_care"
    RESETTLEMENT = "resettlement"
    PARTNER = "partner"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon somebody who asks for help must be answered."""

    CRISIS = "crisis"
    URGENT = "urgent"
    ROUTINE = "routine"


class Leaving(StrEnum):
    """The ways in which somebody leaves a program. Each asks for something of its own."""

    ORDINARY = "ordinary"
    DECEASED = "deceased"
    MOVED = "moved"
    LOST = "lost"
    """Nobody finds them any more."""
    REFUSED = "refused"
