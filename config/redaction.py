"""What is secret in an address stays out of the log.

A link that lets somebody in is as good as a password: whoever reads the log must not find it there
when a page behind such a link fails or is refused.
"""

import logging
import re

# Each has the part that is kept, then the secret. A new address with a secret belongs here.
SECRETS = [
    re.compile(r"(/join/)[^/\s?'\"]+"),
    re.compile(r"(/accounts/password/reset/key/)[^/\s?'\"]+"),
    re.compile(r"(/accounts/confirm-email/)[^/\s?'\"]+"),
    re.compile(r"([?&](?:code|state|token|key|api_key|secret|id_token|access_token)=)[^&\s'\"]+"),
]


def without_secrets(text: str) -> str:
    for secret in SECRETS:
        text = secret.sub(r"\1…", text)
    return text


class WithoutSecrets(logging.Filter):
    """Lets every line through, without the secrets in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        kept = without_secrets(told)
        if kept != told:
            record.msg, record.args = kept, None
        return True
