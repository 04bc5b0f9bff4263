"""Who may do what, in which system."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .roles import ROLES


class Grant(models.Model):
    """A person's role in a system, or in every system."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    system = models.CharField(max_length=100)
    role = models.CharField(max_length=10)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "system", "role"], name="one_grant_of_a_kind"),
            models.CheckConstraint(condition=models.Q(role__in=sorted(ROLES)), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.system}"
