namespace StepFlow.Integrations.Aws;

/// <summary>The environment variables in which AWS clients find a key and a region.</summary>
/// <param name="Variable">Reads a variable; null where it is not set.</param>
internal sealed record AwsEnvironment(Func<string, string?> Variable)
{
    public const string KeyId = "AWS_ACCESS_KEY_ID";
    public const string Secret = "AWS_SECRET_ACCESS_KEY";
    public const string SessionToken = "AWS_SESSION_TOKEN";

    public static AwsEnvironment OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The region; null where none is set.</summary>
    public string? Region => Read("AWS_REGION") ?? Read("AWS_DEFAULT_REGION");

    /// <summary>A variable; null where it is not set or empty.</summary>
    public string? Read(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
