"""Tables, and the rules about their own rows."""

from models.activity import Activity, Comment, Event
from models.api_key import ApiKey, PageSession, RememberedAnswer, SignInLink
from models.artifact import Artifact, ArtifactKind
from models.base import db, utc_now
from models.cad_model import CadModel, ModelStatus
from models.job import Job, JobStatus
from models.part import Category, Part, Priority, Status, Type
from models.project import Project
from models.work import Claim

__all__ = [
    "Activity",
    "ApiKey",
    "Artifact",
    "ArtifactKind",
    "CadModel",
    "Category",
    "Claim",
    "Comment",
    "Event",
    "Job",
    "JobStatus",
    "ModelStatus",
    "PageSession",
    "Part",
    "Priority",
    "Project",
    "RememberedAnswer",
    "SignInLink",
    "Status",
    "Type",
    "db",
    "utc_now",
]
