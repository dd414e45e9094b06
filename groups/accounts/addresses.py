"""The addresses of a person that are known to be theirs."""

from allauth.account.models import EmailAddress

from groups.models import User


def own_addresses(user: User) -> set[str]:
    """Return the address of the account, and others that the person has confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return {user.email, *confirmed.values_list("email", flat=True)}
