"""On PostgreSQL only, in the public schema: which domain leads to which agency's schema. Nothing about people."""

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class AgencyPlace(TenantMixin):  # type: ignore[misc]  # django-tenants has no types
    """Where one agency lives: a schema."""

    name = models.CharField(max_length=200)
    auto_create_schema = False
    auto_drop_schema = False

    def __str__(self) -> str:
        return self.name


class Domain(DomainMixin):  # type: ignore[misc]  # django-tenants has no types
    """A host name that leads to an agency."""

    def __str__(self) -> str:
        return str(self.domain)
