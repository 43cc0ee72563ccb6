/** What the service refused, or why it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The HTTP status; 0 where there was no response. */
    readonly status: number,
    /** About the key that the request carried. */
    readonly access: { hadKey: boolean; wantsAccessKey: boolean } = { hadKey: false, wantsAccessKey: false },
  ) {
    super(message);
  }
}

/** An error as one of the API; whatever else was thrown is a fault of the console. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('Error', String(error), 0);
}
