"""An administrator at the designer of objects, fields, layouts and rules."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit

Fill = Callable[[Locator], None]


class Designer:
    """Works the designer's screens, and reads the words of its language."""

    def __init__(self, someone: Visit, language: str) -> None:
        self.someone, self.language, self.page, self.say = someone, language, someone.page, someone.say
        self.kinds = {each["key"]: each["label"][language] for each in someone.api("GET", "design/kinds")["kinds"]}

    def word(self, chinese: str, english: str) -> str:
        """The word of the screen's language."""
        return english if self.language == "en" else chinese

    def both(self, within: Locator, key: str, chinese: str, english: str) -> None:
        """Fill in words in both languages; ``key`` is the client's text for what they name."""
        name = self.say(key)
        within.get_by_role("textbox", name=self.say("objects.in_chinese", name=name)).fill(chinese)
        within.get_by_role("textbox", name=self.say("objects.in_english", name=name)).fill(english)

    def pick(self, within: Locator, name: str, option: str) -> None:
        """Choose from a list by its label."""
        within.get_by_role("combobox", name=name).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def tab(self, key: str) -> None:
        """Go to a tab of the object."""
        self.page.get_by_role("tab", name=self.say(key), exact=True).click()

    def new_object(self, chinese: str, english: str, key: str | None = None) -> str:
        """Make an object, which is open then; its key, chosen or proposed."""
        self.someone.open("settings/objects")
        self.someone.button("objects.new").click()
        dialog = self.someone.dialog()
        self.both(dialog, "objects.name", chinese, english)
        if key:
            dialog.get_by_role("textbox", name=self.say("objects.key"), exact=True).fill(key)
        self.someone.button("objects.create", dialog).click()
        expect(self.page.get_by_role("heading", level=1, name=self.word(chinese, english))).to_be_visible()
        return self.page.url.rsplit("/", 1)[-1]

    def show_on_board(self, object_name: str, field: str) -> None:
        """Make the options of a field the columns of the object's board."""
        self.tab("objects.settings")
        self.pick(self.page.locator("form"), self.say("objects.board_field"), field)
        self.someone.button("ui.save").click()
        expect(self.page.get_by_text(self.say("objects.saved", name=object_name))).to_be_visible()

    def begin_field(self, kind: str) -> Locator:
        """The form of a new field of a kind, chosen in the gallery."""
        self.someone.button("objects.new_field").click()
        panel = self.someone.dialog()
        panel.get_by_role("button", name=self.kinds[kind], exact=True).click()
        return panel

    def add_field(self, kind: str, chinese: str, english: str, fill: Fill | None = None) -> None:
        """Add a field and wait until it stands among the fields."""
        panel = self.begin_field(kind)
        self.both(panel, "objects.field_name", chinese, english)
        if fill:
            fill(panel)
        self.someone.button("objects.add_field", panel).click()
        expect(panel).to_be_hidden()
        expect(self.row(self.word(chinese, english))).to_be_visible()

    def row(self, label: str) -> Locator:
        """The row of a field."""
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("button", name=label, exact=True))

    def menu(self, label: str, key: str) -> None:
        """Choose from the menu of a field."""
        self.someone.button("objects.actions_of", name=label).click()
        self.page.get_by_role("menuitem", name=self.say(key), exact=True).click()

    def options(self, panel: Locator, names: Sequence[tuple[str, str]]) -> None:
        """Write the options of a choice, each in both languages."""
        for place, (chinese, english) in enumerate(names, start=1):
            self.someone.button("objects.add_option", panel).click()
            number = self.say("objects.option_number", count=place)
            panel.get_by_role("textbox", name=self.say("objects.in_chinese", name=number)).fill(chinese)
            panel.get_by_role("textbox", name=self.say("objects.in_english", name=number)).fill(english)

    def sum_up(self, panel: Locator, over: str, function: str | None = None, field: str | None = None) -> None:
        """Fill in a roll-up: over which relation, and unless it counts, what of which field."""
        self.pick(panel, self.say("formula.over"), over)
        if function and field:
            self.pick(panel, self.say("formula.function"), function)
            self.pick(panel, self.say("formula.field"), field)
