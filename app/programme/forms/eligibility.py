"""What a visitor may ask about themselves."""

from typing import Any

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import InputRequired

from app.programme.eligibility import Area, Workplace
from app.programme.models import Programme


class EligibilityForm(Form):
    """Two questions whose answers are in the address of the page and nowhere else."""

    workplace = RadioField(
        "Where do you work?",
        choices=[
            SelectChoice(Workplace.HEALTH, "Health"),
            SelectChoice(Workplace.SOCIAL_CARE, "Social care"),
            SelectChoice(Workplace.EMERGENCY, "Emergency services"),
            SelectChoice(Workplace.CHARITY, "A charity"),
            SelectChoice(Workplace.OTHER, "Somewhere else"),
            SelectChoice(Workplace.UNSURE, "I am not sure which of these fits"),
        ],
        coerce=enum_coerce(Workplace),
        invalid_value_message="Choose where you work, or that you are not sure",
        validators=[InputRequired("Choose where you work, or that you are not sure")],
    )
    area = RadioField(
        "In which area?",
        coerce=enum_coerce(Area),
        invalid_value_message="Choose an area, or that you are not sure",
        validators=[InputRequired("Choose an area, or that you are not sure")],
    )

    @classmethod
    def of(cls, programme: Programme, answers: Any) -> "EligibilityForm":  # noqa: ANN401 - a request's arguments
        """The questions, in the words of a programme."""
        form = cls(answers)
        neighbour = f"In a neighbouring area, in {programme.wider_area}" if programme.wider_area else "Next to it"
        form.area.choices = [
            SelectChoice(Area.HERE, f"In {programme.area}"),
            SelectChoice(Area.NEIGHBOUR, neighbour),
            SelectChoice(Area.ELSEWHERE, "Somewhere else"),
            SelectChoice(Area.UNSURE, "I am not sure"),
        ]
        return form

    def answers(self) -> list[str]:
        """What was chosen, in words."""
        every = [*self.workplace.iter_choices(), *self.area.iter_choices()]
        return [choice.label for choice in every if choice.selected]
