namespace StepFlow.Integrations.Http;

/// <summary>Reads the response of an HTTP server up to a limit, because its Content-Length header cannot be trusted.</summary>
internal static class BoundedContent
{
    /// <summary>The content; null where it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > most)
        {
            return null;
        }

        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using var collected = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (collected.Length + read > most)
            {
                return null;
            }

            collected.Write(buffer, 0, read);
        }

        return collected.ToArray();
    }
}
