using System.ComponentModel;
using System.Diagnostics;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Clients;

/// <summary>Runs a real client against a test server.</summary>
internal static class ClientProcess
{
    public const string KeyId = "AKIDTESTSTEPFLOW";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, standard output and standard error.</returns>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(TestServer server, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Only what the tests set: no profile, no instance role, no pager of the machine.
        start.Environment["AWS_ACCESS_KEY_ID"] = KeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_DISABLE_HOST_PREFIX_INJECTION"] = "true";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment["AWS_PAGER"] = string.Empty;
        start.Environment["STEPFLOW_ENDPOINT"] = server.Address.ToString();
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"The client '{program}' is not on the PATH: scripts/test.sh installs it.", exception);
        }
    }
}
