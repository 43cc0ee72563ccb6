using System.Globalization;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary><c>video-thumbnails</c>: a poster, and a sprite sheet of stills for a player's time line.</summary>
internal sealed class MakeThumbnails(VideoStore store, MediaTool tool, IOptions<VideoPipelineOptions> options) : VideoHandler(store, options)
{
    public const string FunctionName = "video-thumbnails";

    private const int PosterWidth = 1280;
    private const int TileWidth = 160;
    private const int Columns = 5;
    private const int MaxTiles = 25;

    public override string Name => FunctionName;

    public override async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var payload = new ArgumentReader(call.Payload);
        SourceRequest source = SourceRequest.Read(payload);
        string id = payload.RequiredText("id");
        double duration = SourceRequest.ReadDuration(payload);
        if (CheckPayload(payload) is { } problem)
        {
            return problem;
        }

        // The sprite is written last, with the result of the call. If it exists, the poster exists too.
        string sprite = $"{id}/sprite.jpg";
        if (await Store.FindResultAsync(sprite, call.Task.IdempotencyKey, cancellationToken) is { } known)
        {
            return new FunctionSucceeded(known);
        }

        return await WithSourceAsync(source, (folder, file) => DrawAsync(call, file, folder, id, sprite, duration, cancellationToken), cancellationToken);
    }

    private async Task<FunctionResult> DrawAsync(FunctionCall call, string input, ProcessFolder folder, string id, string sprite, double duration, CancellationToken cancellationToken)
    {
        string posterFile = folder.PathOf("poster.jpg");
        string spriteFile = folder.PathOf("sprite.jpg");
        int tiles = Math.Clamp((int)Math.Floor(duration), 1, MaxTiles);
        int rows = (tiles + Columns - 1) / Columns;
        string poster = $"{id}/poster.jpg";
        JsonObject summary = JsonObject.Create(
            ("poster", JsonObject.Create(("container", Store.OutputContainer), ("blob", poster))),
            ("sprite", JsonObject.Create(
                ("container", Store.OutputContainer),
                ("blob", sprite),
                ("tiles", tiles),
                ("columns", Math.Min(tiles, Columns)),
                ("rows", rows),
                ("secondsPerTile", JsonNumber.Create(Math.Round(duration / tiles, 3))))));
        Attempt<ChildResult> drawn = await tool.EncodeAsync(PosterArguments(input, posterFile, duration), null, cancellationToken);
        if (drawn.IsSuccess)
        {
            drawn = await tool.EncodeAsync(SpriteArguments(input, spriteFile, duration, tiles, rows), null, cancellationToken);
        }

        if (!drawn.IsSuccess)
        {
            return drawn.Failure;
        }

        if (!File.Exists(posterFile) || !File.Exists(spriteFile))
        {
            return VideoErrors.Fail(VideoErrors.TranscodingFailed, "No thumbnail could be made from the video.");
        }

        FunctionFailed? refused = await Store.UploadAsync(posterFile, poster, "image/jpeg", call.Task.IdempotencyKey, null, cancellationToken)
            ?? await Store.UploadAsync(spriteFile, sprite, "image/jpeg", call.Task.IdempotencyKey, summary, cancellationToken);
        return refused is null ? new FunctionSucceeded(summary) : refused;
    }

    private static IEnumerable<string> PosterArguments(string input, string output, double duration) =>
    [
        "-ss", Number(duration * 0.1),
        .. MediaTool.Input(input),
        "-map", "0:v:0", "-frames:v", "1",
        "-vf", $"scale=w='min({PosterWidth},iw)':h=-2", "-q:v", "3", "-f", "image2", "-update", "1",
        output,
    ];

    private static IEnumerable<string> SpriteArguments(string input, string output, double duration, int tiles, int rows) =>
    [
        .. MediaTool.Input(input),
        "-map", "0:v:0", "-frames:v", "1",
        "-vf", $"fps={Number(tiles / duration)},scale={TileWidth}:-2,tile={Math.Min(tiles, Columns)}x{rows}", "-q:v", "4", "-f", "image2", "-update", "1",
        output,
    ];

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
