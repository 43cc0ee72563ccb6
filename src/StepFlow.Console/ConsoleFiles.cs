using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace StepFlow.Console;

/// <summary>
/// Serves the web console: files that are built into this assembly. They contain no data and are served to everyone. The
/// service protects the requests that the page makes.
/// </summary>
public static class ConsoleFiles
{
    private const string Prefix = "web/";
    private const string Index = "index.html";
    private const string HashedFolder = "assets/";

    /// <summary>Scripts, styles and data only of this origin; nothing may frame the page.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, ConsoleFile> Files = Load();

    /// <summary>Serves the file of a path. If there is no such file, it serves the page, which shows what the path names.</summary>
    /// <param name="path">The path below the console's own; null or empty for the page.</param>
    public static async Task ServeAsync(HttpContext context, string? path)
    {
        string name = path?.Trim('/') ?? string.Empty;
        if (!Files.TryGetValue(name, out ConsoleFile? file))
        {
            if (name.StartsWith(HashedFolder, StringComparison.Ordinal))
            {
                // The file is of another version. The page instead of a script would be an error in the browser.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            file = Files[Index];
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.ETag = file.ETag;
        headers.CacheControl = file.IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    private static FrozenDictionary<string, ConsoleFile> Load()
    {
        Assembly assembly = typeof(ConsoleFiles).Assembly;
        var types = new FileExtensionContentTypeProvider();
        var files = new Dictionary<string, ConsoleFile>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            string name = resource[Prefix.Length..];
            files[name] = new(
                content,
                types.TryGetContentType(name, out string? type) ? type : "application/octet-stream",
                $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"",
                name.StartsWith(HashedFolder, StringComparison.Ordinal));
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
