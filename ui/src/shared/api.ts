// Talking to the server. Every failure becomes one Failure whose code is the
// server's own (product 16) or "offline" when no answer came at all: a page
// must be able to say "nothing was lost, try again" and mean it.

export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly field: string | null = null,
    readonly registration: string | null = null,
    readonly retryAfter: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

interface ErrorBody {
  error?: {
    code?: string;
    message?: string;
    field?: string | null;
    registration?: string | null;
    request_id?: string | null;
  };
}

export function failureOf(
  status: number, body: unknown, retryAfter: string | null = null,
): Failure {
  const error = (body as ErrorBody | null)?.error ?? {};
  const wait = retryAfter ? Number.parseInt(retryAfter, 10) : NaN;
  return new Failure(
    error.code ?? (status === 413 ? "too_large" : "internal"),
    error.message ?? "",
    status,
    error.field ?? null,
    error.registration ?? null,
    Number.isFinite(wait) ? wait : null,
    error.request_id ?? null,
  );
}

async function answer<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw failureOf(response.status, body, response.headers.get("Retry-After"));
  }
  return body as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      throw error;
    }
    throw new Failure("offline", "", 0);
  }
}

// Told when the server no longer knows who asks: not of a password that is
// wrong, and not of a page that was never signed in. A passkey is proved to a
// session that is there.
let sessionOver: (() => void) | null = null;

export function onSessionOver(listener: () => void): void {
  sessionOver = listener;
}

function heard(response: Response, path: string): Response {
  if (response.status === 401 && path !== "/v1/login") sessionOver?.();
  return response;
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  return answer<T>(heard(await reach(path, init), path));
}

// Pictures and films: kept in memory by who asks, never in the browser's cache.
export async function bytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = heard(await reach(path, { cache: "no-store", signal }), path);
  if (!response.ok) await answer<never>(response);
  return response.arrayBuffer().catch(() => {
    throw new Failure("offline", "", 0);
  });
}

export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { headers: { Accept: "application/json" }, signal });
}

export function post<T>(
  path: string, body: object = {}, headers: Record<string, string> = {}, signal?: AbortSignal,
): Promise<T> {
  return ask<T>(path, {
    method: "POST", signal,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

// fetch() cannot report how much of a body has left; XMLHttpRequest can, and
// on a slow phone that bar is what keeps a person from pressing again.
export function upload<T>(
  path: string, file: Blob, onProgress: (share: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", file.type);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 120_000;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // an answer that is no JSON has only its status
      }
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else {
        const wait = request.getResponseHeader("Retry-After");
        reject(failureOf(request.status, body, wait));
      }
    };
    const offline = () => reject(new Failure("offline", "", 0));
    request.onerror = offline;
    request.ontimeout = offline;
    request.onabort = offline;
    request.send(file);
  });
}

export function query(values: Record<string, string | number | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

export function asFailure(error: unknown): Failure {
  return error instanceof Failure
    ? error
    : new Failure("internal", "", 0);
}
