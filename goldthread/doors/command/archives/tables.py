"""What of an agency's database goes into its archive, and what does not."""

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

SIGNED_IN = "a signed-in browser: people sign in again"
COUNTED = "counts of wrong passwords and the locks that follow: they last minutes"
MIGRATED = "made by migrations, and used by nothing of an agency"
LEFT_OUT = {
    "sessions.Session": SIGNED_IN,
    "accounts.Session": SIGNED_IN,
    "axes.AccessAttempt": COUNTED,
    "axes.AccessAttemptExpiration": COUNTED,
    "axes.AccessFailureLog": COUNTED,
    "axes.AccessLog": COUNTED,
    "account.EmailConfirmation": "links of mails under way, made from the installation's own key",
    "django_tasks_database.DBTaskResult": "the queue of jobs: on PostgreSQL all agencies share it; a job is enqueued again",
    "contenttypes.ContentType": MIGRATED,
    "auth.Permission": MIGRATED,
    "auth.Group": MIGRATED,
    "auth.Group_permissions": MIGRATED,
    "tenancy.AgencyPlace": "where the agency lived, which is not where it goes",
    "tenancy.Domain": "the host names that led to it, likewise",
}
"""Model → why it stays behind."""


def kept_models() -> list[type[Model]]:
    """The models of an agency in one fixed order, each after those that it points to."""
    waiting = {
        model._meta.label: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    }
    ordered: list[type[Model]] = []
    while waiting:
        ready = sorted(label for label, model in waiting.items() if not _points_to(model) & waiting.keys() - {label})
        if not ready:
            raise ValueError(f"These models point at each other: {', '.join(sorted(waiting))}")
        ordered += [waiting.pop(label) for label in ready]
    return ordered


def columns(model: type[Model]) -> list["Field[object, object]"]:
    """The fields of *model* that have a column of their own, but those that the database works out."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def kept_apps() -> set[str]:
    """The labels of the apps whose tables are in an archive."""
    return {model._meta.app_label for model in kept_models()}


def _points_to(model: type[Model]) -> set[str]:
    return {
        field.related_model._meta.label
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and not isinstance(field.related_model, str)
    }
