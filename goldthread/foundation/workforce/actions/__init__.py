"""What can be done to staff, roles, teams, notices and kept views."""

from goldthread.foundation.workforce.actions.leaving import disable_staff, enable_staff
from goldthread.foundation.workforce.actions.places import close_site, close_team, reopen_site, reopen_team
from goldthread.foundation.workforce.actions.roles import end_role, give_role
from goldthread.foundation.workforce.actions.staff import add_staff, edit_staff, invite_again
from goldthread.foundation.workforce.actions.teams import join_team, leave_team
from goldthread.foundation.workforce.actions.views import delete_view, rename_view, restore_view, save_view

__all__ = [
    "add_staff",
    "close_site",
    "close_team",
    "delete_view",
    "disable_staff",
    "edit_staff",
    "enable_staff",
    "end_role",
    "give_role",
    "invite_again",
    "join_team",
    "leave_team",
    "rename_view",
    "reopen_site",
    "reopen_team",
    "restore_view",
    "save_view",
]
