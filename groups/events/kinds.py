"""The kinds of event about a group and its people. Other applications register their own."""

from groups.events.registry import EventDetails, EventKind, Sentence
from groups.models import Event
from groups.models.group_settings import SETTINGS

ROLES = {"organizer": ("an organizer", "organizers"), "member": ("a member", "members")}


def _invited(event: Event, details: EventDetails) -> Sentence:
    one, many = ROLES.get(details.text("role"), ROLES["member"])
    if details.values.get("by_mail"):
        return Sentence(f"{{who}} invited somebody by email as {one}")
    uses = details.number("uses")
    return Sentence(f"{{who}} made a link that lets in {f'{uses} {many}' if uses > 1 else one}")


def _joined(event: Event, details: EventDetails) -> Sentence:
    came_by_themselves = event.actor_id == event.person_id
    text = "{who} joined" if came_by_themselves else "{who} let {whom} in"
    return Sentence(f"{text} as an organizer" if details.text("role") == "organizer" else text)


def _role_changed(event: Event, details: EventDetails) -> Sentence:
    role, _ = ROLES.get(details.text("role"), ROLES["member"])
    if details.values.get("by_operator") is True:
        return Sentence(f"An operator of this site made {{whom}} {role}")
    is_own = event.actor_id is not None and event.actor_id == event.person_id
    return Sentence(f"{{who}} made {'themselves' if is_own else '{whom}'} {role}")


def _settings_changed(event: Event, details: EventDetails) -> Sentence:
    changed = [
        SETTINGS[name].in_history if name in SETTINGS else name.replace("_", " ")
        for name in details.names("fields")
    ]
    which = f": {', '.join(changed)}" if changed else ""
    return Sentence("{who} changed the settings{which}", ours={"which": which})


KINDS = {
    "started": EventKind("Started the group", "{who} started the group"),
    "invited": EventKind("Invited", _invited),
    "revoked": EventKind("Revoked an invitation", "{who} revoked an invitation"),
    "asked": EventKind("Asked to join", "{who} asked to join"),
    "declined": EventKind("Declined a request", "{who} declined the request of {whom}"),
    "joined": EventKind("Joined", _joined),
    "left": EventKind("Left", "{who} left the group"),
    "removed": EventKind("Removed somebody", "{who} removed {whom} from the group"),
    "role_changed": EventKind("Changed a role", _role_changed),
    "settings_changed": EventKind("Changed the settings", _settings_changed),
    "archived": EventKind("Archived the group", "{who} archived the group"),
    "reopened": EventKind("Opened the group again", "{who} opened the group again"),
    "deletion_asked": EventKind("Asked to delete the group", "{who} asked to delete the group"),
    "deletion_withdrawn": EventKind("Kept the group", "{who} decided to keep the group"),
}
