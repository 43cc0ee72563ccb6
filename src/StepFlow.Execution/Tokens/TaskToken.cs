using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Execution.Tokens;

/// <summary>
/// A task token: names the execution and the task it belongs to, and proves that this execution issued it
/// (SendTaskSuccess, <c>taskToken</c>). As text at most 1,024 characters of the URL-safe Base64 alphabet.
/// </summary>
/// <remarks>
/// The text is Base64 of a version byte, an HMAC-SHA256 of the rest under the execution's secret, and the rest: the
/// task's id, a zero byte, the execution's ARN. Without the secret none can be made.
/// </remarks>
public sealed record TaskToken
{
    /// <summary>The longest text of a token, in characters.</summary>
    public const int MaxLength = 1024;

    private const byte Version = 1;
    private const int MacLength = 32;
    private readonly byte[] _mac;

    private TaskToken(string executionArn, string taskId, byte[] mac) =>
        (ExecutionArn, TaskId, _mac) = (executionArn, taskId, mac);

    public string ExecutionArn { get; }

    /// <summary>The task, by its command's id.</summary>
    public string TaskId { get; }

    /// <summary>Makes the token of a task.</summary>
    /// <param name="secret">The execution's <see cref="ExecutionStart.TokenSecret"/>; null makes a token that anyone could make.</param>
    public static string Create(string? secret, string executionArn, string taskId)
    {
        byte[] subject = Subject(executionArn, taskId);
        byte[] token = new byte[1 + MacLength + subject.Length];
        token[0] = Version;
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? string.Empty), subject, token.AsSpan(1));
        subject.CopyTo(token.AsSpan(1 + MacLength));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token's text. Null if it is not a token. <see cref="IsGenuine"/> checks whether it is genuine.</summary>
    public static TaskToken? TryParse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        ReadOnlySpan<byte> token = Base64Url.DecodeFromChars(text);
        int end = token.Length > 1 + MacLength ? token[(1 + MacLength)..].IndexOf((byte)0) : -1;
        if (end < 0 || token[0] != Version)
        {
            return null;
        }

        ReadOnlySpan<byte> subject = token[(1 + MacLength)..];
        return new(
            Encoding.UTF8.GetString(subject[(end + 1)..]),
            Encoding.UTF8.GetString(subject[..end]),
            token.Slice(1, MacLength).ToArray());
    }

    /// <summary>Whether the execution with this secret issued it. Takes the same time for every wrong token.</summary>
    public bool IsGenuine(string? secret) => CryptographicOperations.FixedTimeEquals(
        _mac, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? string.Empty), Subject(ExecutionArn, TaskId)));

    private static byte[] Subject(string executionArn, string taskId) => Encoding.UTF8.GetBytes(taskId + '\0' + executionArn);
}
