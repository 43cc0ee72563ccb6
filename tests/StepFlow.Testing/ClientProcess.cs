using System.Diagnostics;

namespace StepFlow.Testing;

/// <summary>Runs a real client of AWS against a server of a test.</summary>
public static class ClientProcess
{
    /// <summary>The access key that it signs with.</summary>
    public const string KeyId = "AKIDTESTSTEPFLOW";
    /// <summary>The key's secret.</summary>
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    // The exit code of env if the program does not exist.
    private const int NotFound = 127;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="endpoint">The server, as <c>STEPFLOW_ENDPOINT</c> names it to scripts.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="keyId">The access key to sign with.</param>
    /// <param name="secret">The secret to sign with.</param>
    /// <param name="attempts">How often it calls at most, from 1.</param>
    /// <returns>Its exit code, standard output and standard error.</returns>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(
        Uri endpoint, string program, string[] arguments, CancellationToken cancellationToken, string keyId = KeyId, string secret = Secret, int attempts = 1)
    {
        // env looks the program up in the path that it is given; Process.Start would use this process's own.
        var start = new ProcessStartInfo("env", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = AwsClients.Path;

        // Only what the tests set: no profile, no instance role, no pager of the machine.
        start.Environment["AWS_ACCESS_KEY_ID"] = keyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = secret;
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_DISABLE_HOST_PREFIX_INJECTION"] = "true";
        start.Environment["AWS_MAX_ATTEMPTS"] = attempts.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["AWS_PAGER"] = string.Empty;
        start.Environment["STEPFLOW_ENDPOINT"] = endpoint.ToString();
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == NotFound
            ? throw new InvalidOperationException($"The client '{program}' is not on the PATH: scripts/test.sh installs it.")
            : (process.ExitCode, await output, await error);
    }
}
