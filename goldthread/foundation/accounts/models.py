"""Who can sign in. What a person may do is not here: roles are in workforce, the gate is in access."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make an account. Without a password it can only be entered by an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: an email address, a password, and the switches of its owner's screen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("email"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    session_generation = models.PositiveIntegerField(default=0)
    """Raised by *sign out everywhere*: every session made under an older number is over at its next request."""
    language = models.CharField(_("language"), max_length=8, default="en")
    theme = models.CharField(
        _("colours"),
        max_length=5,
        default="auto",
        choices=[("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's hook: a session is over at its next request when the password or the generation has changed."""
        return salted_hmac(
            "goldthread.session", f"{self.session_generation}:{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Session(AbstractBaseSession):
    """A signed-in browser. ``user`` stands beside Django's opaque data so that a person's sessions can be listed and ended."""

    user = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Django's hook: the store that reads and writes these rows."""
        from goldthread.foundation.accounts.sessions import SessionStore  # here: the store imports this model

        return SessionStore


class Invitation(models.Model):
    """A link sent by email with which an invited person sets a password. Only the link's digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    """When a newer invitation, or the end of the account, made this link useless."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")),
                name="accounts_invitation_expires_after_sent",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
