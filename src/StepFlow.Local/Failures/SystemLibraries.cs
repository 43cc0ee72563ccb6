using System.Runtime.InteropServices;

namespace StepFlow.Local.Failures;

/// <summary>The libraries that the program takes from the system. .NET ends the process where it needs one that is missing, without an exception.</summary>
internal static class SystemLibraries
{
    /// <summary>The files of OpenSSL that .NET needs on Linux for hashes and random secrets.</summary>
    private static readonly string[] OpenSsl = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>Ensures that what hashes and secrets are made with is there.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux())
        {
            Require(OpenSsl, Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE"));
        }
    }

    /// <summary>Ensures that one of several libraries can be loaded.</summary>
    /// <param name="names">The names of their files.</param>
    /// <param name="version">A version that the user prefers, as .NET reads it; null for none.</param>
    /// <exception cref="CommandException">None can.</exception>
    internal static void Require(IReadOnlyList<string> names, string? version)
    {
        string[] all = [.. names, .. version is null ? Array.Empty<string>() : [$"libssl.so.{version}"]];
        if (!all.Any(static name => NativeLibrary.TryLoad(name, out _)))
        {
            throw new CommandException(
                ExitCodes.LibraryMissing,
                $"OpenSSL is not installed: there is no {string.Join(" and no ", all)}. Hashes and secrets are made with it. Install it: 'apt-get install libssl3' on Debian and Ubuntu, 'dnf install openssl-libs' on Fedora and its relatives.");
        }
    }
}
