"""The secret in an invitation's link."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def token_for(invitation: UUID) -> str:
    """The token of the invitation with this id. Made from the installation's key: a copied database opens no account,
    and the job that mails the link needs the id only.
    """
    return salted_hmac("goldthread.invitation", str(invitation), algorithm="sha256").hexdigest()
