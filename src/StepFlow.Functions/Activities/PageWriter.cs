using System.Text;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>Writes the children of a reading to pages, and decides when the reading has enough of them.</summary>
internal sealed class PageWriter(ExecutionStorage storage, OpenedMapRun run, ChildrenReading request)
{
    /// <summary>So many children a reading takes, about.</summary>
    private const int MaxChildren = 40 * MapRunPages.PageSize;

    /// <summary>The approximate maximum size of the inputs of a reading. They are in memory while it runs.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>The approximate maximum size of the inputs of a page. They are in memory while its children run.</summary>
    private const long PageBytes = 4 * 1024 * 1024;

    /// <summary>A few Express children are spread over so many pages, so that several instances run them.</summary>
    private const int FewestPages = 32;

    private readonly List<WaitingPage> _pages = [];
    private readonly List<MapRunEntry> _children = [];
    private long _bytes;
    private int _page = request.Page;
    private bool _isFull;
    private ItemPosition? _next;

    /// <summary>Takes a child.</summary>
    /// <returns>False if the reading has enough. The next one continues after the child.</returns>
    public async ValueTask<bool> TakeAsync(MapRunEntry child, ItemPosition? next, CancellationToken cancellationToken)
    {
        _children.Add(child);
        _bytes += child.Input.Utf8Length;
        if (_children.Count >= MaxChildren || _bytes >= MaxBytes)
        {
            await WriteAsync(cancellationToken);
            _isFull = true;
        }

        // A record that this reading began with would be read again by each reading that ends in it.
        if (!_isFull || next is null || next.IsInRecordOf(request.First))
        {
            return true;
        }

        _next = next;
        return false;
    }

    /// <summary>Writes the rest.</summary>
    /// <param name="isLast">Whether there are no more items.</param>
    public async Task<ChildrenRead> CloseAsync(bool isLast, CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        return new()
        {
            Pages = await storage.StoreAsync(Encoding.UTF8.GetBytes(PageText.Write(_pages)), cancellationToken),
            NextPage = _page,
            Next = _next,
            IsLast = isLast,
        };
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        int most = run.Command.State.IsExpress ? Math.Clamp((_children.Count + FewestPages - 1) / FewestPages, 1, MapRunPages.PageSize) : MapRunPages.PageSize;
        var written = new List<(int Page, IReadOnlyList<MapRunEntry> Children)>();
        for (int from = 0; from < _children.Count;)
        {
            int count = 0;
            long bytes = 0;
            while (count < most && from + count < _children.Count && (count == 0 || bytes < PageBytes))
            {
                bytes += _children[from + count++].Input.Utf8Length;
            }

            written.Add((_page, _children.GetRange(from, count)));
            _pages.Add(new(_page, 0, MapRunPages.FirstOf(_page), [.. _children.GetRange(from, count).Select(static child => child.Items)]));
            from += count;
            _page++;
        }

        await ParallelWork.ForEachAsync(
            written,
            async (page, token) => await storage.MapRunPages.WriteAsync(run.Names.Arn, page.Page, page.Children, token),
            cancellationToken);
        _children.Clear();
        _bytes = 0;
    }
}
