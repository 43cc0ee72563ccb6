using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// An upload in parts (S3 API, "Uploading and copying objects using multipart upload"). Its id holds all that the upload has to
/// remember, so nothing is stored for it. Parts are uncommitted blocks of the blob; Azure Storage removes those that are not
/// committed within a week.
/// </summary>
/// <param name="Id">Distinguishes its blocks from those of other uploads.</param>
/// <param name="ContentType">The media type that the blob gets.</param>
/// <param name="Metadata">The metadata that the blob gets.</param>
/// <param name="Tags">The tags that the blob gets.</param>
internal sealed record MultipartUpload(Guid Id, string ContentType, IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The highest number of a part.</summary>
    public const int MaxPart = 10_000;

    private const string IdMember = "id";
    private const string TypeMember = "type";
    private const string MetadataMember = "metadata";
    private const string TagsMember = "tags";

    /// <summary>The id that the other operations name the upload by.</summary>
    public string UploadId => Base64Url.EncodeToString(JsonObject.Create(
        (IdMember, Id.ToString("N")), (TypeMember, ContentType), (MetadataMember, Members(Metadata)), (TagsMember, Members(Tags))).ToUtf8());

    public static MultipartUpload? Find(string uploadId) =>
        Base64Url.IsValid(uploadId)
        && JsonValue.ParseOrNull(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(uploadId))) is JsonObject members
        && members[IdMember] is JsonString id && Guid.TryParseExact(id.Value, "N", out Guid guid)
        && members[TypeMember] is JsonString type && members[MetadataMember] is JsonObject metadata && members[TagsMember] is JsonObject tags
            ? new(guid, type.Value, Texts(metadata), Texts(tags))
            : null;

    /// <summary>The block of a part. Its name contains the content's hash, so if a part was uploaded twice, the final ETag selects the right one.</summary>
    /// <param name="etag">The MD5 of its content, in hexadecimal digits.</param>
    public string BlockOf(int part, string etag)
    {
        Span<byte> block = stackalloc byte[36];
        Id.TryWriteBytes(block);
        BinaryPrimitives.WriteInt32BigEndian(block[16..], part);
        Convert.FromHexString(etag).CopyTo(block[20..]);
        return Convert.ToBase64String(block);
    }

    /// <summary>The ETag of a part, without quotes: the MD5 hash of its content.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "S3 names parts by their MD5; it is not used for security.")]
    public static string ETagOf(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary>Whether a text can be the ETag of a part.</summary>
    public static bool IsETag(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private static JsonObject Members(IReadOnlyDictionary<string, string> texts) => JsonObject.Create([.. texts.Select(static pair => (pair.Key, (JsonValue)pair.Value))]);

    private static Dictionary<string, string> Texts(JsonObject members) => members.ToDictionary(static pair => pair.Key, static pair => ((JsonString)pair.Value).Value);
}
