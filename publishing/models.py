from django.db import models


class ContentRevision(models.Model):
    """The state of the content, in one row that triggers of the database change together with any
    content, by whatever path the change comes.

    `number` rises; `token` is drawn anew each time, so that a database that was restored or put in
    the place of another is never taken for a state of before.
    """

    number = models.BigIntegerField()
    token = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="one_content_revision"),
        )

    def __str__(self) -> str:
        return f"{self.number}-{self.token}"
