"""Signed requests to the Gmail API: reads are repeated with patience, a write goes over the line once."""

# ruff: noqa: PLR2004 - HTTP's own numbers need no names

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException, HTTPResponse
from itertools import islice
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import httplib2
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from server.errors import Offline, RateLimited, SendInDoubt
from server.mailboxes.gmail_errors import FOREIGN, READING, WRITING, Purpose, ours, why_offline
from server.mailboxes.gmail_pace import Pace
from server.mailboxes.gmail_patience import LONGEST_WAIT, TRIES, Patience, asked_wait, worth_repeating
from server.mailboxes.gmail_quota import Quota, units
from server.mailboxes.gmail_service import Client
from server.mailboxes.gmail_tokens import AccountCredentials, Endpoints
from server.texts import _

TIMEOUT: Final = 30.0  # seconds for one answer
Make = Callable[[Any], Any]  # the users() resource of the API client -> an HttpRequest; the client has no types


class Line:
    """The way to one account's Gmail. Safe for threads: no two requests share a transport at the same time.

    httplib2 is not thread-safe: a shared transport returned another message's content in 49 of 90 calls (measured).
    Clients are lent out, not kept per thread, so that a thread that ends leaves no open socket behind.
    """

    def __init__(
        self,
        credentials: AccountCredentials,
        endpoints: Endpoints,
        address: str,
        *,
        timeout: float = TIMEOUT,
        patience: Patience | None = None,
        quota: Quota | None = None,
    ) -> None:
        self._quota, self._pace = quota, Pace()
        self._credentials, self._endpoints, self._address = credentials, endpoints, address
        self._timeout, self._patience = timeout, patience or Patience(address)
        self._idle: list[Client] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close all idle connections; the line can be used again afterwards."""
        with self._lock:
            idle, self._idle = self._idle, []
        for client in idle:
            client.inner.close()

    def interrupt(self) -> None:
        """End waits and reads under way: they raise Interrupted. A write is let finish; there is no way back."""
        self._patience.interrupt()

    def read(self, make: Make, purpose: Purpose = READING, *, scan: bool = False) -> Any:
        """The answer to a request that changes nothing; a scan leaves quota for clicks.

        Raises NotFound or MailboxError kinds.
        """

        def once() -> Any:
            with self._client() as client:
                request = make(client.users)
                self._take(units(request.methodId), scan=scan)
                try:
                    answer = request.execute()
                except UnicodeDecodeError as error:  # the library decodes before it looks
                    raise Offline(_("the answer could not be read")) from error
            if isinstance(answer, dict):
                return answer
            raise Offline(_("the answer could not be read"))  # the library hands on what is not JSON as it is

        return self._patience.repeat(once, purpose)

    def batch(self, makes: Mapping[str, Make], *, scan: bool) -> dict[str, Any]:
        """Many reads in few requests: key -> answer, or the error of that one. Only failed parts are repeated.

        A scan leaves quota for clicks. Raises MailboxError kinds when the whole fails.
        """
        results: dict[str, Any] = {}
        for attempt in range(TRIES):
            waiting = {key: make for key, make in makes.items() if worth_repeating(results.get(key, Offline("")))}
            if not waiting:
                break
            asked = max((asked_wait(results.get(key)) for key in waiting), default=0.0)
            if asked > LONGEST_WAIT:
                break
            if attempt:
                self._patience.pause(attempt, asked)
            results |= self._batches(waiting, scan=scan)
        return dict.fromkeys(makes, Offline(_("no answer"))) | results

    def _batches(self, makes: Mapping[str, Make], *, scan: bool) -> dict[str, Any]:
        """The answers to one try of each, as many at a time as Gmail bears; it ends at the first refusal."""
        results: dict[str, Any] = {}
        waiting = dict(makes)
        while waiting:
            part = dict(islice(waiting.items(), self._pace.size))
            answers = self._patience.repeat(partial(self._batch_once, part, scan=scan), READING)
            results |= answers
            refused = any(isinstance(answer, RateLimited) for answer in answers.values())
            self._pace.note(refused=refused)
            if refused:
                break
            waiting = {key: make for key, make in waiting.items() if key not in part}
        return results

    def write(self, make: Make, purpose: Purpose = WRITING) -> Any:
        """The answer to a request that changes something, sent once.

        A 401 alone leads to a second request: it is the door that refused, and nothing behind it was reached.
        Raises SendInDoubt when Google may have done it, another error when it has not: NotFound for 404.
        """
        self._renew(only_if_needed=True)
        try:
            return self._write_once(make)
        except HttpError as error:
            if int(error.resp.status) != 401:
                self._raise_for_write(error, purpose)
        self._renew(only_if_needed=False)
        try:
            return self._write_once(make)
        except HttpError as error:
            self._raise_for_write(error, purpose)

    def _write_once(self, make: Make) -> Any:
        http = _OnceHttp(str(self._credentials.token), self._endpoints.http(self._timeout))
        try:
            with self._client() as client:
                request = make(client.users)
                self._take(units(request.methodId), scan=False)
                return request.execute(http=http)
        except HttpError:
            raise
        except httplib2.ServerNotFoundError as error:
            raise Offline(why_offline(error)) from error
        except (httplib2.HttpLib2Error, UnicodeDecodeError) as error:  # an answer came and could not be unpacked
            raise SendInDoubt(why_offline(error)) from error
        except OSError as error:  # while connecting: later failures come as SendInDoubt from the connection
            raise Offline(why_offline(error)) from error
        finally:
            http.close()

    def _raise_for_write(self, error: HttpError, purpose: Purpose) -> NoReturn:
        status = int(error.resp.status)
        if not 400 <= status < 500 or status == 408:  # only 4xx says that nothing was done
            raise SendInDoubt(_("error %(status)d") % {"status": status}) from error
        raise ours(error, self._address, purpose) from error

    def _take(self, cost: int, *, scan: bool) -> None:
        if self._quota is not None:
            self._quota.take(cost, scan=scan)

    def _renew(self, *, only_if_needed: bool) -> None:
        if only_if_needed and self._credentials.valid:
            return
        try:
            self._credentials.refresh(None)
        except FOREIGN as error:
            raise ours(error, self._address) from error

    def _batch_once(self, makes: Mapping[str, Make], *, scan: bool) -> dict[str, Any]:
        results: dict[str, Any] = {}

        def collect(key: str, answer: Any, error: HttpError | None) -> None:
            results[key] = ours(error, self._address) if error else answer

        with self._client() as client:
            cost = 0
            batch = BatchHttpRequest(callback=collect, batch_uri=self._endpoints.batch)
            for key, make in makes.items():
                request = make(client.users)
                cost += units(request.methodId)
                batch.add(request, request_id=key)
            self._take(cost, scan=scan)
            try:
                batch.execute(http=client.http)
            except HttpError as error:  # not a part, but all of it
                refusal = ours(error, self._address)
                if isinstance(error, BatchError) or not isinstance(refusal, RateLimited):
                    raise
                results = dict.fromkeys(makes, refusal)
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
                # The library raises these on a multipart answer that lacks a part or is cut.
                raise BatchError("unreadable batch answer") from error
        return results

    @contextmanager
    def _client(self) -> Iterator[Client]:
        with self._lock:
            client = self._idle.pop() if self._idle else None
        client = client or Client(self._credentials, self._endpoints, self._timeout)
        self._patience.lend(client.inner)
        try:
            yield client
        except HttpError:
            self._give_back(client)  # the answer was read to its end
            raise
        except BaseException:  # a half-read connection must not serve the next request, whatever cut it off
            client.inner.close()
            raise
        else:
            self._give_back(client)
        finally:
            self._patience.give_back(client.inner)

    def _give_back(self, client: Client) -> None:
        with self._lock:
            self._idle.append(client)


class _OnceHttp:
    """A transport for one write: a fresh connection, so that a stale one cannot raise false doubts."""

    def __init__(self, token: str, http: httplib2.Http) -> None:
        self._token, self._http = token, http
        self._http.follow_redirects = False

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Mapping[str, str] | None = None, **_more: object
    ) -> tuple[httplib2.Response, bytes]:
        """As httplib2.Http.request, signed, over a connection that cannot repeat."""
        signed = {**(headers or {}), "authorization": f"Bearer {self._token}"}
        kind = _ONCE[urlsplit(uri).scheme]
        answer: tuple[httplib2.Response, bytes] = self._http.request(
            uri, method, body=body, headers=signed, connection_type=kind
        )
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


class _OnceResponse(HTTPResponse):
    def read(self, amt: int | None = None) -> bytes:
        with _doubtful():
            return super().read(amt)


class _Once:
    """Turns every failure after the first byte left into SendInDoubt, which httplib2 does not catch.

    httplib2 re-sends any request once when the server closes without an answer, whatever RETRIES says (measured).
    """

    def request(self, *args: Any, **named: Any) -> None:
        with _doubtful():
            super().request(*args, **named)  # type: ignore[misc]  # a mixin of http.client's connections

    def getresponse(self) -> Any:
        with _doubtful():
            return super().getresponse()  # type: ignore[misc]


class _OncePlain(_Once, httplib2.HTTPConnectionWithTimeout):
    response_class = _OnceResponse


class _OnceSecure(_Once, httplib2.HTTPSConnectionWithTimeout):
    response_class = _OnceResponse


_ONCE: Final[dict[str, Any]] = {"http": _OncePlain, "https": _OnceSecure}


@contextmanager
def _doubtful() -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException) as error:
        raise SendInDoubt(why_offline(error)) from error
