"""Write letters down for tests.chaos.mailer: python -m tests.chaos.write_letters NUMBER."""

import sys

import django

django.setup()

from django.core.mail import send_mail  # noqa: E402

for number in range(int(sys.argv[1])):
    send_mail(f"OutgoingEmail {number}", "text", None, [f"person{number}@example.org"])
