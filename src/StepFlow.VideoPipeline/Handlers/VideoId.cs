using System.Security.Cryptography;
using System.Text;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary>
/// The name of one version of a blob: readable at its beginning, unique at its end, and the same in every call. It has only
/// characters that both an execution's name and a blob's path allow.
/// </summary>
internal static class VideoId
{
    private const int SlugLength = 40;

    public static string For(SourceRequest source)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Container}\n{source.Blob}\n{source.ETag}"));
        string slug = Slug(Path.GetFileNameWithoutExtension(source.Blob));
        return (slug.Length == 0 ? "video" : slug) + "-" + Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (char letter in text)
        {
            if (slug.Length == SlugLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }
}
