using System.Diagnostics;

namespace StepFlow.Testing;

/// <summary>Where the clients of AWS are that the tests run: those of <c>scripts/test.sh</c>, else the machine's.</summary>
public static class AwsClients
{
    private static readonly Lazy<string> Model = new(FindModel);

    /// <summary>The search path with the clients first.</summary>
    public static string Path
    {
        get
        {
            string installed = System.IO.Path.Combine(Repository.Root, ".artifacts", "aws", "bin");
            string? path = Environment.GetEnvironmentVariable("PATH");
            return Directory.Exists(installed) ? $"{installed}{System.IO.Path.PathSeparator}{path}" : path ?? string.Empty;
        }
    }

    /// <summary>The API model of Step Functions that they work by, gzipped JSON.</summary>
    /// <exception cref="InvalidOperationException">There are no clients.</exception>
    public static string ModelFile => Model.Value;

    private static string FindModel()
    {
        // env looks the program up in the path that it is given; Process.Start would use this process's own.
        var start = new ProcessStartInfo("env", ["python3", "-c", "import botocore, os; print(os.path.dirname(botocore.__file__))"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path;
        using Process python = Process.Start(start)!;
        Task<string> error = python.StandardError.ReadToEndAsync();
        Task<string> output = python.StandardOutput.ReadToEndAsync();
        if (!python.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            python.Kill(entireProcessTree: true);
            throw new TimeoutException("python3 did not say within two minutes where botocore is.");
        }

        string botocore = output.Result.Trim();
        string file = System.IO.Path.Combine(botocore, "data", "stepfunctions", "2016-11-23", "service-2.json.gz");
        return python.ExitCode == 0 && File.Exists(file)
            ? file
            : throw new InvalidOperationException($"python3 has no botocore, which brings the API model: scripts/test.sh installs it. {error.Result}");
    }
}
