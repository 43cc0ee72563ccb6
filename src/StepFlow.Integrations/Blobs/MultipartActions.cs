using System.Globalization;
using System.Text.RegularExpressions;
using static StepFlow.Integrations.Blobs.BlobViews;

namespace StepFlow.Integrations.Blobs;

/// <summary>The actions of an upload in parts. They have only the names of S3.</summary>
internal static partial class MultipartActions
{
    /// <summary>A part that is copied is read into memory.</summary>
    private const int MostCopyBytes = 64 * 1024 * 1024;

    private const string PartsForm = "an object {\"Parts\": [{\"ETag\": …, \"PartNumber\": …}]}";

    public static readonly BlobAction[] All =
    [
        new("createMultipartUpload", null, Create),
        new("uploadPart", null, static call => OfUpload(call, Upload)),
        new("uploadPartCopy", null, static call => OfUpload(call, UploadCopy)),
        new("completeMultipartUpload", null, static call => OfUpload(call, Complete)),

        // Nothing is stored for an upload, and Azure Storage removes blocks by itself that were never committed (S3 API, AbortMultipartUpload).
        new("abortMultipartUpload", null, static call => OfUpload(call, static (_, _, _) => Ended(new TaskCompleted(JsonObject.Empty)))),
    ];

    /// <summary>Begins an upload in parts (S3 API, CreateMultipartUpload).</summary>
    private static PreparedRequest Create(BlobCall call)
    {
        string key = call.ReadKey();
        var upload = new MultipartUpload(
            Guid.Parse(RequestId.Derive(call.Call.IdempotencyKey, "upload")),
            BlobHeaders.ReadContentType(call.Arguments) ?? "binary/octet-stream",
            BlobHeaders.ReadMetadata(call.Arguments),
            BlobTags.ReadOfPut(call.Arguments, isS3: true));
        return async token =>
        {
            // Nothing is written yet. But the request shows whether the bucket exists, and whether the blob may be accessed.
            BlobResult<BlobProperties> before = await call.Store.FindAsync(call.Bucket, key, token);
            return before.IsSuccess || before.Failure == BlobFailure.NoSuchBlob
                ? new TaskCompleted(JsonObject.Create(("Bucket", call.Bucket), ("Key", key), (Encryption, Aes256), ("UploadId", upload.UploadId)))
                : call.Fail(before.Failure);
        };
    }

    /// <summary>Reads which upload a call is about, and then its other arguments.</summary>
    private static PreparedRequest OfUpload(BlobCall call, Func<BlobCall, string, MultipartUpload, PreparedRequest> prepare)
    {
        string key = call.ReadKey();
        string uploadId = call.Arguments.RequiredText("UploadId");
        return MultipartUpload.Find(uploadId) is { } upload
            ? prepare(call, key, upload)
            : Ended(AwsService.S3.Fail(call.Call, AwsFailure.Modelled("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404)));
    }

    /// <summary>Uploads a part (S3 API, UploadPart).</summary>
    private static PreparedRequest Upload(BlobCall call, string key, MultipartUpload upload)
    {
        int part = ReadPartNumber(call.Arguments);
        byte[] body = call.Bytes(call.Arguments.Value("Body"));
        return token => call.OutcomeAsync(PutAsync(call, key, upload, part, body, token), static etag => JsonObject.Create(("ETag", Quoted(etag)), (Encryption, Aes256)));
    }

    /// <summary>Uploads a part that is another blob, or a range of it (S3 API, UploadPartCopy).</summary>
    private static PreparedRequest UploadCopy(BlobCall call, string key, MultipartUpload upload)
    {
        int part = ReadPartNumber(call.Arguments);
        BlobPath? source = call.ReadCopySource();
        BlobSlice? slice = ReadSlice(call.Arguments);
        return async token =>
        {
            BlobResult<BlobContent> found = await call.Store.OpenAsync(source!.Container, source.Name, slice, token);
            if (!found.IsSuccess)
            {
                return call.Fail(found.Failure, source.Container);
            }

            await using BlobContent content = found.Value;
            if (content.Properties.Length > MostCopyBytes)
            {
                return BlobRefusals.TooLarge(call, content.Properties.Length, MostCopyBytes);
            }

            using var copy = new MemoryStream();
            await content.Stream.CopyToAsync(copy, token);
            return await call.OutcomeAsync(PutAsync(call, key, upload, part, copy.ToArray(), token), etag => JsonObject.Create(
                ("CopyPartResult", JsonObject.Create(("ETag", Quoted(etag)), ("LastModified", IsoTime.Seconds(call.Context.Time.GetUtcNow())))),
                (Encryption, Aes256)));
        };
    }

    /// <summary>Makes a blob of the parts of an upload (S3 API, CompleteMultipartUpload).</summary>
    private static PreparedRequest Complete(BlobCall call, string key, MultipartUpload upload)
    {
        var blocks = new List<string>();
        int before = 0;
        foreach (JsonValue item in call.Arguments.RequiredObject("MultipartUpload")["Parts"] as JsonArray ?? JsonArray.Empty)
        {
            if (item is not JsonObject part || part["ETag"] is not JsonString { Value: var etag } || part["PartNumber"] is not JsonNumber number
                || !number.TryGetInt64(out long at) || at is < 1 or > MultipartUpload.MaxPart)
            {
                call.Arguments.Refuse(TaskErrors.InvalidArgument("MultipartUpload", PartsForm));
                break;
            }

            if (at <= before)
            {
                return Ended(AwsService.S3.Fail(call.Call, AwsFailure.Unmodelled("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.")));
            }

            if (!MultipartUpload.IsETag(etag.Trim('"')))
            {
                return Ended(call.Fail(BlobFailure.NoSuchBlock));
            }

            before = (int)at;
            blocks.Add(upload.BlockOf(before, etag.Trim('"')));
        }

        if (blocks.Count == 0)
        {
            call.Arguments.Refuse(TaskErrors.InvalidArgument("MultipartUpload", PartsForm));
        }

        var put = new BlobPut { ContentType = upload.ContentType, Metadata = upload.Metadata, Tags = upload.Tags };
        return token => call.OutcomeAsync(call.Store.CommitBlocksAsync(call.Bucket, key, blocks, put, token), written => WithVersion(
            written,
            ("Bucket", call.Bucket),
            ("ETag", Quoted(written.ETag)),
            ("Key", key),
            ("Location", $"https://{call.Bucket}.s3.amazonaws.com/{Uri.EscapeDataString(key)}"),
            (Encryption, Aes256)));
    }

    private static PreparedRequest Ended(TaskOutcome outcome) => _ => Task.FromResult(outcome);

    /// <summary>Uploads a part; its ETag, or why it could not be uploaded.</summary>
    private static async Task<BlobResult<string>> PutAsync(BlobCall call, string key, MultipartUpload upload, int part, byte[] content, CancellationToken cancellationToken)
    {
        string etag = MultipartUpload.ETagOf(content);
        using var stream = new MemoryStream(content, writable: false);
        BlobResult<bool> put = await call.Store.PutBlockAsync(call.Bucket, key, upload.BlockOf(part, etag), stream, cancellationToken);
        return put.IsSuccess ? etag : put.Failure;
    }

    private static int ReadPartNumber(ArgumentReader arguments)
    {
        long? number = arguments.Integer("PartNumber", 1, MultipartUpload.MaxPart);
        if (number is null)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("PartNumber", $"a number from 1 to {MultipartUpload.MaxPart}"));
        }

        return (int)(number ?? 1);
    }

    private static BlobSlice? ReadSlice(ArgumentReader arguments)
    {
        if (arguments.Text("CopySourceRange") is not { } range)
        {
            return null;
        }

        if (Range().Match(range) is { Success: true } match
            && long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out long last) && last >= first)
        {
            return new(first, last - first + 1);
        }

        arguments.Refuse(TaskErrors.InvalidArgument("CopySourceRange", "'bytes=FIRST-LAST'"));
        return null;
    }

    [GeneratedRegex(@"\Abytes=(\d{1,18})-(\d{1,18})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
