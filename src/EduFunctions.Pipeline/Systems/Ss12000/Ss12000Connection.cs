using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Tries a connection as a pull would use it: a token where there is one, then one entity of every collection, so that each scope is proven.</summary>
internal static class Ss12000Connection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async IAsyncEnumerable<ConnectionCheck> TestAsync(
        HttpClient http, RegisterSettings settings, PipelineOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken ct)
    {
        using var access = settings.Enter(http, time);
        if (access is AccessToken)
        {
            var hasToken = await TryAsync("token", () => access.GetAsync(refused: null, ct).AsTask(), ct);
            yield return hasToken with { Asked = settings.Client?.TokenUrl };
            if (hasToken.Problem is not null)
            {
                yield break;
            }
        }

        var impatient = new PipelineOptions { PageTries = 2, PagePatience = Patience, FirstPause = options.FirstPause };
        var pages = new PageFetcher(http, access, settings with { PageSize = 1 }, impatient, time);
        foreach (var collection in RegisterSource.CollectionsOf(settings))
        {
            var check = await TryAsync(collection, () => pages.FetchAsync(collection, 0, asked: null, new CollectionIds(), ct), ct);
            yield return check with { Asked = $"{settings.BaseUrl}/{collection}" };
        }

        if (settings.Changes)
        {
            // Nothing can have been changed then: what is handed out all the same says that the filter is passed over.
            var tomorrow = new PageFetcher(http, access, settings with { PageSize = 1 }, impatient, time, time.GetUtcNow().AddDays(2));
            yield return await TryAsync("changes", () => RequireFilterAsync(tomorrow, ct), ct);
            yield return await TryAsync(SnapshotManifest.Deletions, () => ChangesPull.RequireFilterAsync(tomorrow, ct), ct);
        }
    }

    [Told]
    private static async Task RequireFilterAsync(PageFetcher pages, CancellationToken ct)
    {
        var answer = await pages.FetchAsync(SnapshotManifest.ChangesOf("persons"), 0, asked: null, new CollectionIds(), ct);
        if (answer.Page.Manifest.Rows > 0)
        {
            throw new RunHeldException(
                $"Asked for persons who were modified later than the day after tomorrow ({PageFetcher.ModifiedAfter}), the source hands out some: it passes the filter "
                + "over. Take source.changes out of the tenant file.");
        }
    }

    private static async Task<ConnectionCheck> TryAsync(string subject, Func<Task> ask, CancellationToken ct)
    {
        try
        {
            await ask();
            return new ConnectionCheck(subject);
        }
        catch (Exception e) when (e is RunHeldException or PageFailedException)
        {
            return new ConnectionCheck(subject, e.Message);
        }
        catch (PageTokenExpiredException)
        {
            return new ConnectionCheck(subject, $"The source answered 410 to the first page of {subject}. Report it to the source's support.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            var cause = e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer in time";
            return new ConnectionCheck(subject, $"The address of the {subject} cannot be reached ({cause}). Check the addresses of source and this machine's way to the network.");
        }
    }
}
