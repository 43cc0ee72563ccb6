namespace StepFlow.Console;

/// <summary>A file of the console.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Its entity tag, with the quotes.</param>
/// <param name="IsHashed">Whether its name changes with its content, so a browser may cache it without limit.</param>
internal sealed record ConsoleFile(byte[] Content, string ContentType, string ETag, bool IsHashed);
