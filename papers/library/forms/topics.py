"""Topics as forms; whatever they offer is of one group."""

from typing import Any

from django import forms
from django.db import transaction

from groups.forms.choices import offer
from groups.forms.constraints import ConstraintForm
from groups.models import Group
from papers.models import Topic


class TopicForm(ConstraintForm[Topic]):
    place = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="1 is the first of those under the same topic; empty is the last.",
    )

    class Meta:
        model = Topic
        fields = ["name", "parent"]
        labels = {"parent": "Under"}

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group = group
        topics = Topic.objects.in_group(group).in_order()
        if self.instance.pk:
            below = [topic.pk for topic in self.instance.with_those_below()]
            topics = topics.exclude(pk__in=below)
            self.initial["place"] = self.instance.place
        offer(self, "parent", topics).empty_label = "the list itself"

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
        return f"They go to {topic}"


class TopicRemovalForm(forms.Form):
    move_to = NewHome(
        Topic.objects.none(),
        label="What becomes of its papers",
        required=False,
        empty_label="Those that stand nowhere else are removed with it",
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = [other.pk for other in topic.with_those_below()]
        others = Topic.objects.in_group(topic.group).exclude(pk__in=gone).in_order()
        offer(self, "move_to", others)
