"""Tables, and the rules about their own rows."""

from models.activity import Activity, Comment, Event
from models.api_key import ApiKey, PageSession, RememberedAnswer, SignInLink
from models.artifact import Artifact, ArtifactKind
from models.base import db, utc_now
from models.bom_row import BomRow
from models.cad_model import CadModel, ModelStatus, StageStatus
from models.job import Job, JobStatus
from models.part import Category, Part, Priority, Status, Type
from models.project import Project
from models.query_log import QueryLog
from models.work import Claim

__all__ = [
    "Activity",
    "ApiKey",
    "Artifact",
    "ArtifactKind",
    "BomRow",
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
    "QueryLog",
    "RememberedAnswer",
    "SignInLink",
    "StageStatus",
    "Status",
    "Type",
    "db",
    "utc_now",
]
