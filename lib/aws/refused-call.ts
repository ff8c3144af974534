// Tells a call that AWS refused for want of permission from one that failed.

const NO_PERMISSION = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);

/** The credentials are good and do not allow the call. CloudFormation says that something is not there in like words. */
export function isNotAllowed(error: unknown): boolean {
  return NO_PERMISSION.has(nameOf(error));
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
