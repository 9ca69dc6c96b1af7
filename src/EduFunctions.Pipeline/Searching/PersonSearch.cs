using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Searching;

/// <summary>
/// Finds people by what others know of them, in the answers that the latest run with decisions is made of, and whoever is in none of them in those of earlier
/// nights, as far back as they are kept; where that is asked for, also who has left and is called like somebody still there. Of the question nothing is kept
/// but who was shown to whom. Protected persons are left out before anything is counted, unless whoever asks may find them: every other answer is made in the
/// same steps whether or not there is one.
/// </summary>
public sealed class PersonSearch(
    SearchedNights nights, Catalog<ISource> sources, TenantStore tenants, People people, HiddenPersons hidden, MemoryStore memories, SchoolNaming naming, ActLog acts)
{
    // A whole register is read for it: one after the other, so that many who ask take no more memory than one.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Whether anybody could be meant by it.</summary>
    public static bool IsQuestion(string text) => PersonQuestion.IsQuestion(text);

    /// <summary>Whether others may be called the same, some of whom may have left.</summary>
    public static bool IsName(string text) => PersonQuestion.IsName(text);

    /// <param name="by">Who asks: it goes on record first, with the ids that are answered.</param>
    /// <param name="withGone">Whether every night that is kept is looked through, whoever the latest one has: also for those who have left since.</param>
    /// <param name="looking">Told of every earlier night before it is read.</param>
    /// <returns>Null where no answers of the register are kept, or who is protected cannot be told.</returns>
    public async Task<FoundPeople?> FindAsync(
        string tenant, string question, Asker by, bool mayFindProtected, bool withGone, CancellationToken ct, Action<DateOnly>? looking = null)
    {
        var found = await SearchAsync(tenant, question, mayFindProtected, withGone, looking, ct);
        await acts.WriteAsync(
            new Act { Tenant = tenant, Kind = ActKind.Find, By = by.Name, Reason = by.Reason, People = [.. (found?.People ?? []).Select(person => person.Id)] }, ct);
        return found;
    }

    private async Task<FoundPeople?> SearchAsync(string tenant, string text, bool mayFindProtected, bool withGone, Action<DateOnly>? looking, CancellationToken ct)
    {
        if (await people.FindLatestAsync(tenant, before: null, ct) is not { } latest
            || await TryAsync(() => QuestionAsync(latest, text, mayFindProtected, withGone, ct)) is not { } question
            || await TryAsync(() => nights.FindAsync(latest, ct)) is not { } night || await TryAsync(() => SearchAsync(night, question, isPast: false, ct)) is not { } found)
        {
            return null;
        }

        return withGone ? await AddGoneAsync(night, question, found, looking, ct)
            : found.People.Count > 0 ? found
            : await LookBackAsync(night, question, found, looking, ct);
    }

    /// <summary>Everybody by it whom the latest night has not, each by the latest night that had them, behind those who are still there.</summary>
    private async Task<FoundPeople> AddGoneAsync(SearchedNight night, Question question, FoundPeople found, Action<DateOnly>? looking, CancellationToken ct)
    {
        var gone = new List<FoundPerson>();
        await foreach (var earlier in nights.BeforeAsync(question.Tenant, night, ct))
        {
            looking?.Invoke(earlier.Date);
            if (await TryEarlierAsync(earlier, question, ct) is not { } answer)
            {
                found = found with { Unread = [.. found.Unread, earlier.Date] };
                continue;
            }

            var isNewest = found.People.Count + gone.Count == 0 && answer.People.Count > 0;
            found = isNewest ? found with { Run = answer.Run, Date = answer.Date, IsPast = true } : found;
            found = found with { SearchedSince = earlier.Date, HasMore = found.HasMore || answer.HasMore };
            gone.AddRange(answer.People);
        }

        var all = found.People.Concat(gone.OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal)).ToList();
        return found with { People = [.. all.Take(FoundPeople.Most)], HasMore = found.HasMore || all.Count > FoundPeople.Most };
    }

    /// <summary>Who is gone from the register is asked for more than anybody else: the latest night that has somebody by it answers.</summary>
    private async Task<FoundPeople> LookBackAsync(SearchedNight night, Question question, FoundPeople found, Action<DateOnly>? looking, CancellationToken ct)
    {
        await foreach (var earlier in nights.BeforeAsync(question.Tenant, night, ct))
        {
            looking?.Invoke(earlier.Date);
            var answer = await TryEarlierAsync(earlier, question, ct);
            if (answer is { People.Count: > 0 })
            {
                return answer with { Unread = found.Unread };
            }

            found = answer is null ? found with { Unread = [.. found.Unread, earlier.Date] } : found with { SearchedSince = earlier.Date };
        }

        return found;
    }

    /// <summary>What the storage does not give of an earlier night keeps nobody from what others say.</summary>
    private async Task<FoundPeople?> TryEarlierAsync(SearchedNight night, Question question, CancellationToken ct)
    {
        try
        {
            return await TryAsync(() => SearchAsync(night, question, isPast: true, ct));
        }
        catch (BlobTroubleException)
        {
            return null;
        }
    }

    private async Task<Question?> QuestionAsync(RunRecord latest, string text, bool mayFindProtected, bool withGone, CancellationToken ct)
    {
        if (await hidden.FindAsync(latest.Tenant, latest.Run, ct) is not { } those)
        {
            return null;
        }

        var memory = (await memories.FindAsync(latest.Tenant, ct)).Memory ?? new ProtectionMemory(key: 0, latest.Run);
        var options = Deciding.ReadOptionsOf(await tenants.ReadSettingsAsync(latest.Tenant, ct)) with { MaxNotUnderstoodPercent = 100 };
        return new Question(latest.Tenant, text, options, memory, mayFindProtected ? null : those, withGone ? [] : null);
    }

    private async Task<FoundPeople?> SearchAsync(SearchedNight night, Question question, bool isPast, CancellationToken ct)
    {
        if (night.Pull is null)
        {
            return null;
        }

        await Turn.WaitAsync(ct);
        try
        {
            var data = await sources[night.Pull.Manifest.Source].ReadAsync(night.Pull, question.Options, ct);
            var pull = new SearchedPull(data);
            var rows = pull.Rows(question.Text, question.Memory, question.Hidden, isPast);
            rows = isPast && question.Known is { } known ? [.. rows.Where(row => !known.Contains(data.Persons.Id(row)))] : rows;
            question.Known?.UnionWith((isPast ? rows : Current(data)).Select(row => data.Persons.Id(row)));
            StageMemory.Recycle(data.Persons.Count);
            var isTelling = rows.Count == 0 ? null : await naming.FindTestAsync(question.Tenant, night.Run, ct);
            var found = pull.People(rows, isTelling ?? (_ => true), night.Date);
            var shown = found.Take(FoundPeople.Most).Select(person => isPast ? person with { LastSeen = night.Date, LastRun = night.Run } : person);
            return new FoundPeople(night.Run, night.Date, [.. shown], found.Count > FoundPeople.Most) { IsPast = isPast, SearchedSince = night.Date };
        }
        finally
        {
            Turn.Release();
        }
    }

    private static IEnumerable<int> Current(SourceData data) => Enumerable.Range(0, data.Persons.Count).Where(data.Persons.IsCurrent);

    /// <summary>Of answers that cannot be read any more there is no answer.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is RunHeldException || RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    /// <param name="Hidden">Who is not told of; null for whoever may find everybody.</param>
    /// <param name="Known">Where every night is looked through: whom the latest one has, and who was found in one since. Null where the first answer counts.</param>
    private sealed record Question(string Tenant, string Text, ReadOptions Options, ProtectionMemory Memory, HashSet<EntityId>? Hidden, HashSet<EntityId>? Known);
}
