"""Addresses of the settings."""

from django.urls import path

from goldthread.doors.web.settings import agency, hand_over, places, staff

app_name = "settings"
urlpatterns = [
    path("", agency.overview, name="overview"),
    path("days/", agency.days, name="days"),
    path("days/restore/", agency.restore_day, name="day_restore"),
    path("days/<uuid:pk>/remove/", agency.remove_day, name="day_remove"),
    path("hand-over/", hand_over.hand_over, name="hand_over"),
    path("jobs/", agency.jobs, name="jobs"),
    path("jobs/<uuid:pk>/retry/", agency.retry_job, name="job_retry"),
    path("profile/", agency.profile, name="profile"),
    path("roles/", agency.roles, name="roles"),
    path("security/", agency.security, name="security"),
    path("sites/", places.sites, name="sites"),
    path("sites/new/", places.new_site, name="site_new"),
    path("sites/<uuid:pk>/", places.site, name="site"),
    path("sites/<uuid:pk>/close/", places.close_site, name="site_close"),
    path("sites/<uuid:pk>/reopen/", places.reopen_site, name="site_reopen"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/new/", staff.new, name="staff_new"),
    path("staff/<uuid:pk>/", staff.staff, name="staff_page"),
    path("staff/<uuid:pk>/disable/", staff.disable, name="staff_disable"),
    path("staff/<uuid:pk>/edit/", staff.edit, name="staff_edit"),
    path("staff/<uuid:pk>/enable/", staff.enable, name="staff_enable"),
    path("staff/<uuid:pk>/invite/", staff.invite, name="staff_invite"),
    path("staff/<uuid:pk>/role/", staff.give_role, name="role_give"),
    path("staff/<uuid:pk>/team/", staff.join_team, name="team_join"),
    path("staff/roles/<uuid:pk>/end/", staff.end_role, name="role_end"),
    path("staff/teams/<uuid:pk>/leave/", staff.leave_team, name="team_leave"),
    path("teams/", places.teams, name="teams"),
    path("teams/new/", places.new_team, name="team_new"),
    path("teams/<uuid:pk>/", places.team, name="team"),
    path("teams/<uuid:pk>/close/", places.close_team, name="team_close"),
    path("teams/<uuid:pk>/reopen/", places.reopen_team, name="team_reopen"),
]
