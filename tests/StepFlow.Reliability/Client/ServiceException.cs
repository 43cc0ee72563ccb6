namespace StepFlow.Reliability.Client;

/// <summary>The service refused a call, as AWS does.</summary>
/// <param name="code">The error's code, without its namespace.</param>
/// <param name="message">The error's message.</param>
internal sealed class ServiceException(string code, string message) : Exception($"{code}: {message}")
{
    /// <summary>The error's code.</summary>
    public string Code => code;
}
