from typing import Final

PAD: Final = 151643
IM_END: Final = 151645
ANSWER_YES: Final = 9693
ANSWER_NO: Final = 2152
