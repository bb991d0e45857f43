"""Forms of screening, and what any form needs with which something is posted."""

from wtforms import Form, StringField
from wtforms.validators import Length, Optional

from app.core.inputs import LongTextField
from app.moderation.screening.weighing import LONGEST_EXPLANATION, Answer


class AnswerMixin(Form):
    """What an author answers to what screening found: beside the fields of a form that posts something.

    The buttons of templates/moderation/screening/_asked.html send `answer`.
    """

    answer = StringField()  # sent by the button that was pressed; never shown
    explanation = LongTextField(
        "Why is it all right to say this here?",
        description="A moderator reads it together with your post. Nobody else does",
        validators=[
            Optional(),
            Length(max=LONGEST_EXPLANATION, message=f"Use {LONGEST_EXPLANATION} characters or fewer"),
        ],
        render_kw={"rows": 3},
    )

    @property
    def answered(self) -> Answer:
        """What they answered."""
        return Answer.read(self.answer.data)
