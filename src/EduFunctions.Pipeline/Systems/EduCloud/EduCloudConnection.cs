using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>Tries a connection as a pull would use it: a token, then one entity of every collection, so that each scope is proven.</summary>
internal static class EduCloudConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async IAsyncEnumerable<ConnectionCheck> TestAsync(
        HttpClient http, EduCloudSettings settings, PipelineOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken ct)
    {
        using var token = new AccessToken(http, settings, time);
        var hasToken = await TryAsync("token", () => token.GetAsync(refused: null, ct), ct);
        yield return hasToken;
        if (hasToken.Problem is not null)
        {
            yield break;
        }

        var impatient = new PipelineOptions { PageTries = 2, PagePatience = Patience, FirstPause = options.FirstPause };
        var pages = new PageFetcher(http, token, settings with { PageSize = 1 }, impatient, time);
        foreach (var collection in EduCloudSource.Collections)
        {
            yield return await TryAsync(collection, () => pages.FetchAsync(collection, 0, pageToken: null, new CollectionIds(), ct), ct);
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
            return new ConnectionCheck(subject, $"The address of the {subject} cannot be reached ({cause}). Check source.tokenUrl and this machine's way to the network.");
        }
    }
}
