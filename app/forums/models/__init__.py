"""The tables of forums."""

from app.forums.models.boards import Acknowledgement as Acknowledgement
from app.forums.models.boards import Board as Board
from app.forums.models.boards import BoardPosition as BoardPosition
from app.forums.models.marks import Bookmark as Bookmark
from app.forums.models.marks import Mention as Mention
from app.forums.models.marks import Reaction as Reaction
from app.forums.models.marks import ReadingPosition as ReadingPosition
from app.forums.models.topics import Alias as Alias
from app.forums.models.topics import Draft as Draft
from app.forums.models.topics import Post as Post
from app.forums.models.topics import PostRevision as PostRevision
from app.forums.models.topics import Quote as Quote
from app.forums.models.topics import Tag as Tag
from app.forums.models.topics import Topic as Topic
from app.forums.models.topics import TopicTag as TopicTag
