"""Forms of topics; all that they offer belongs to one group."""

from typing import Any

from django import forms
from django.db import transaction

from groups.forms.choices import offer
from groups.forms.constraints import ConstraintForm
from groups.models import Group
from papers.models import Topic


class TopicForm(ConstraintForm[Topic]):
    place = forms.IntegerField(
        label="Position",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="1 is the first under the same parent topic. Leave it empty to put it last.",
    )

    class Meta:
        model = Topic
        fields = ["name", "parent"]
        labels = {"parent": "Parent topic"}

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group = group
        topics = Topic.objects.in_group(group).in_order()
        if self.instance.pk:
            below = [topic.pk for topic in self.instance.with_those_below()]
            topics = topics.exclude(pk__in=below)
            self.initial["place"] = self.instance.place
        offer(self, "parent", topics).empty_label = "none"

    @transaction.atomic
    def save(self, commit: bool = True) -> Topic:
        topic: Topic = self.instance
        topic.group.lock()
        parent, place = self.cleaned_data["parent"], self.cleaned_data["place"]
        if topic.pk:
            topic.save(update_fields=["name"])
        else:
            topic = Topic.objects.add(topic.group, topic.name, parent)
        topic.arrange(parent, place or 10_000)
        return topic


class NewHome(forms.ModelChoiceField[Topic]):
    def label_from_instance(self, topic: Topic) -> str:
        return f"Move them to {topic}"


class TopicRemovalForm(forms.Form):
    move_to = NewHome(
        Topic.objects.none(),
        label="What to do with its papers",
        required=False,
        empty_label="Remove them, unless they are also under another topic",
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = [other.pk for other in topic.with_those_below()]
        others = Topic.objects.in_group(topic.group).exclude(pk__in=gone).in_order()
        offer(self, "move_to", others)
