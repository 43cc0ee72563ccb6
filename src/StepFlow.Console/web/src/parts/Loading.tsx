/** Stands where something is being loaded. */
export function Loading() {
  return (
    <p className="empty" role="status">
      Loading…
    </p>
  );
}
