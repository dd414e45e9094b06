"""What people note who meet: members, events, questions, slides, chores, expenses, a story."""

from bench.grammar import people, records, words
from bench.grammar.page import Page

# fmt: off
_CHORES = (
    "Buy milk", "Call Ada about the room", "Water the plants", "Send the slides to everybody", "Book flights", "Fix the printer", "Eggs", "Flour, 500 g", "2 cups of sugar", "Pay the rent", "Ask Bo for the keys",
    "Write the report", "Finish chapter two", "Clean the hives", "Email the dean", "Order honey jars", "Plan the trip to Basel", "Renew the passport", "Laundry",
)
_SPENT = ("Rent", "Coffee", "Train to Bern", "Printer paper", "Honey jars", "Electricity", "Hotel Larch", "Insurance", "Lunch with the board", "Salary of Bo Lindqvist", "Postage", "Domain name")
_SPEECH = (
    "“You are late,” said Ada, and put the kettle on.", "He had not been in the valley since the winter of 1987, when the snow came down to the church.", "Nothing moved but the bees.", "“And what then?” asked Bo.",
    "In the spring of 1912 the two of them left for Basel, with one trunk and a borrowed map.", "She read the letter twice, folded it, and went out to the hives.", "The train was empty; Marsh took the seat by the window.",
    "It was, as Lindqvist used to say, a matter of patience.", "Years later, in a hotel room in Trieste, she would remember the smell of wax.",
)
_QUESTIONS = ("What is the main claim?", "How many bees are in the sample?", "Why is the loss not convex?", "Which of the two proofs is shorter?", "What would change your mind?")
# fmt: on


def crew(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            ("## People", "## Maintainers", "## Contributors", "## Acknowledgements", "## Members")
        )
    )
    page.sheet.blank()
    for _ in range(page.random.randint(2, 5)):
        name = people.person(page.random, "en").full
        page.sheet.add(
            page.random.choice(
                (
                    f"- [{name}](https://github.com/{records.slug(name)})",
                    f"- {name}, Nordlab",
                    f"- {name}",
                )
            )
        )


def quiz(page: Page) -> None:
    page.sheet.add(page.random.choice(("## Questions", "## Quiz", "## Discussion points")))
    page.sheet.blank()
    form = page.random.choice(("- {}", "1. {}", "**Q:** {}"))
    for question in page.random.sample(_QUESTIONS, k=3):
        page.sheet.add(form.format(question))


def slides(page: Page) -> None:
    page.sheet.add(page.random.choice(("## Slides", "## Lectures", "## Material")))
    page.sheet.blank()
    for number in range(1, page.random.randint(3, 5)):
        page.sheet.add(
            page.random.choice(
                (
                    f"- Lecture {number} ([slides](slides/{number}.pdf), [video](https://www.youtube.com/watch?v=bees{number}))",
                    f"- [Slides {number}](slides/{number}.pdf)",
                    f"- [Notes of week {number}](notes/{number}.md)",
                )
            )
        )


def chores(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            (
                "## To do",
                "## Shopping",
                "## Next steps",
                "## Chores",
                "## Minutes",
                "## Action items",
                "## Tasks",
            )
        )
    )
    page.sheet.blank()
    form = page.random.choice(("- {}", "* {}", "- [x] {}", "- [ ] {}", "{}", "1. {}"))
    who = page.chance(0.3)
    for chore in page.random.sample(_CHORES, k=page.random.randint(3, 8)):
        doer = people.first_name(page.random, page.language) if who else ""
        page.sheet.add(form.format(f"{doer}: {chore}" if who else chore))


def spendings(page: Page) -> None:
    """A table of what was paid."""
    day = page.random.randrange(words.DAY_FORMS)
    columns = page.random.sample(("Date", "What", "Who", "Amount", "Category"), k=4)
    page.sheet.add(f"| {' | '.join(columns)} |")
    page.sheet.add("|" + "---|" * len(columns))
    for spent in page.random.sample(_SPENT, k=page.random.randint(3, 9)):
        cells = {
            "Date": words.day(page.random, day),
            "What": spent,
            "Who": people.person(page.random, "en").full,
            "Amount": f"{page.random.randint(2, 900)}.{page.random.randint(10, 99)}",
            "Category": page.random.choice(("Travel", "Office", "Food", "")),
        }
        page.sheet.add(f"| {' | '.join(cells[column] for column in columns)} |")


def story(page: Page) -> None:
    """Some paragraphs of a novel."""
    if page.chance(0.5):
        page.sheet.add(page.random.choice(("## Chapter 1", "## II", "## The valley", "# Winter")))
        page.sheet.blank()
    for _ in range(page.random.randint(2, 6)):
        page.sheet.add(" ".join(page.random.sample(_SPEECH, k=page.random.randint(1, 4))))
        page.sheet.blank()


def crew_table(page: Page) -> None:
    """Members with what they do."""
    page.sheet.add("| Name | Role | Since |")
    page.sheet.add("|---|---|---|")
    for _ in range(page.random.randint(2, 6)):
        name = people.person(page.random, "en").full
        role = page.random.choice(("Organizer", "PhD student", "Professor of Biology", "Guest"))
        page.sheet.add(f"| {name} | {role} | {page.random.randint(2010, 2025)} |")


def talks(page: Page) -> None:
    """Events, which have days, people and names, and are no papers."""
    page.sheet.add(page.random.choice(("## Events", "## Meetings", "## Deadlines", "## Calendar")))
    page.sheet.blank()
    form = page.random.choice(("- {day}: {what}", "- {what}, {day}", "* **{day}** {what}"))
    day = page.random.randrange(words.DAY_FORMS)
    for _ in range(page.random.randint(2, 6)):
        what = page.random.choice(
            (
                "Summer party",
                "No meeting",
                f"{people.person(page.random, 'en').full} visits",
                "Deadline of the workshop",
                "Tour of the hives",
                "Kick-off",
                f"Meeting in room {page.random.randint(1, 400)}",
                "Budget",
            )
        )
        page.sheet.add(form.format(day=words.day(page.random, day), what=what))
