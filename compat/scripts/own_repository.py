"""A code repository of a kind that no integration knows."""

from zenml.code_repositories import BaseCodeRepository
from zenml.code_repositories.base_code_repository import BaseCodeRepositoryConfig


class OwnConfig(BaseCodeRepositoryConfig):
    address: str
    depth: int = 1


class OwnRepository(BaseCodeRepository):
    @property
    def config(self):
        return OwnConfig(**self._config)

    def login(self):
        pass

    def download_files(self, commit, directory, repo_sub_directory=None):
        pass

    def get_local_context(self, path):
        return None
