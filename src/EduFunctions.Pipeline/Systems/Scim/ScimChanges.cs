using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// What has to be done at a server so that it has what it is to have: first whoever is protected leaves by keys alone, then user names are given up that
/// others are to have, what is new or another way is brought, and what is gone is let rest or deleted.
/// </summary>
internal sealed class ScimChanges
{
    private readonly FeedInput _input;
    private readonly Leavers _leavers;
    private readonly HashSet<string> _waiting;
    private readonly Dictionary<(ScimType Type, string Id), ScimHeld> _held;
    private readonly IReadOnlyList<ScimHeld> _gone;
    private readonly HashSet<ScimHeld> _aside = [];
    private readonly Dictionary<ScimHeld, List<int>> _linesOf = [];
    private readonly List<string> _lines = [];
    private readonly List<string[]> _known = [];
    private bool _isOtherwiseKnown;

    public ScimChanges(FeedInput input)
    {
        (_input, _leavers) = (input, new Leavers(input.Roster));
        _waiting = input.Waiting.Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        var (there, gone) = ScimHeld.Read(input.Before);
        (_held, _gone) = (there.ToDictionary(held => (held.Type, held.Id)), [.. gone.Where(held => string.CompareOrdinal(held.GoneSince, Day(input.RemembersSince)) >= 0)]);
    }

    /// <summary>Writes what is to be done, and what is known of the server then; nothing where nothing is.</summary>
    /// <param name="userNames">Ids of those who are to have each user name, by its hash.</param>
    public void Write(IEnumerable<ScimResource> resources, IReadOnlyDictionary<string, string> userNames, FeedFiles files)
    {
        LeaveTelling(resources, files);
        PutAside(userNames);
        var there = new HashSet<(ScimType Type, string Id)>();
        foreach (var resource in resources)
        {
            Bring(resource);
            there.Add((resource.Type, resource.Id));
        }

        foreach (var gone in InOrder().Reverse().ToList())
        {
            TakeAway(gone);
            there.Add((gone.Type, gone.Id));
        }

        foreach (var gone in _gone.Where(gone => !there.Contains((gone.Type, gone.Id))).Reverse())
        {
            Remember(gone, files);
        }

        if (_lines.Count > 0)
        {
            WriteLines(files);
        }

        if (_lines.Count > 0 || _isOtherwiseKnown)
        {
            Rfc4180.Write(files.Keep(ScimHeld.FileName), _known);
        }
    }

    /// <summary>
    /// Writes no more than what takes protected persons away, and their names out of what stays; where it is lost who is there, of everybody who has to go.
    /// </summary>
    public void WriteLeaving(FeedFiles files)
    {
        var telling = InOrder().Where(IsTelling).ToList();
        AddLeavers(telling);
        Leave(files);
        foreach (var held in telling.Where(held => !held.Type.IsPerson))
        {
            if (held.Since.Length > 0 || held.MustGo || _input.IsTelling(Encoding.UTF8.GetBytes(held.Id)))
            {
                Forget(files, held.Id);
                Delete(held, isTelling: true);
            }
            else
            {
                var keep = held.Has.Where(id => !IsLeaving(id) && !_input.IsTelling(Encoding.UTF8.GetBytes(id)));
                Add(ScimLine.Write(ScimLine.Rename, held.Type, held.Id, ScimJson.Object(("displayName", ScimJson.Text(NeutralName(held)))), held.Type.List is null ? null : keep));
            }
        }

        foreach (var gone in _gone.Where(gone => _input.IsTotal && MustGoAgain(gone)))
        {
            Forget(files, gone.Id);
            Add(ScimLine.Write(ScimLine.Delete, gone.Type, gone.Id));
        }

        if (_input.Before.Find(ScimHeld.FileName) is null)
        {
            foreach (var id in _leavers.InOrder.Select(id => id.ToString()))
            {
                Forget(files, id);
                Add(ScimLine.Write(ScimLine.Delete, ScimType.Users, id));
            }
        }

        if (_lines.Count > 0)
        {
            WriteLines(files);
        }
    }

    /// <summary>Who is protected, and what is not to be there any more, in use or resting, and would be recognised there as somebody protected.</summary>
    private void LeaveTelling(IEnumerable<ScimResource> resources, FeedFiles files)
    {
        var telling = InOrder().Where(IsTelling).ToList();
        var wanted = telling.Count == 0 ? [] : resources.Select(resource => (resource.Type, resource.Id)).ToHashSet();
        telling.RemoveAll(held => wanted.Contains((held.Type, held.Id)));
        AddLeavers(telling);
        Leave(files);
        foreach (var held in telling.Where(held => !held.Type.IsPerson && _held.ContainsKey((held.Type, held.Id))))
        {
            Forget(files, held.Id);
            Delete(held, isTelling: true);
        }
    }

    private void AddLeavers(IEnumerable<ScimHeld> telling)
    {
        foreach (var person in telling.Where(held => held.Type.IsPerson))
        {
            _leavers.Add(Encoding.UTF8.GetBytes(person.Id));
        }
    }

    private bool IsTelling(ScimHeld held) => !held.IsNamesake && (held.MustGo || held.Texts.Any(text => _input.IsTelling(Encoding.UTF8.GetBytes(text))));

    /// <summary>Whether it has the name of somebody protected, and is known to be of somebody else.</summary>
    private bool IsNamesake(ScimHeld held) =>
        held.IsNamesake || held.Texts.Select(Encoding.UTF8.GetBytes).Any(text => _input.MayTell(text) && !_input.IsTelling(text));

    private string NeutralName(ScimHeld held) =>
        !EntityId.TryFind(held.Id, out var id) ? held.Id : held.Type == ScimType.SchoolUnits ? _input.Neutral.School(id) : _input.Neutral.Group(id);

    private void Leave(FeedFiles files)
    {
        foreach (var list in InOrder().Where(held => held.MayHave.Any(IsLeaving)).ToList())
        {
            Forget(files, list.Id);
            var leaving = list.MayHave.Where(IsLeaving).ToList();
            leaving.ForEach(id => Forget(files, id));
            if (list.Type.List is not null)
            {
                LinesOf(list).Add(Add(ScimLine.Write(ScimLine.Remove, list.Type, list.Id, keep: list.Has.Where(id => !IsLeaving(id)), gone: leaving)));
            }
            else
            {
                Delete(list, isTelling: true);
            }
        }

        foreach (var person in InOrder().Where(held => held.Type.IsPerson && IsLeaving(held.Id)).ToList())
        {
            Forget(files, person.Id);
            Forget(files, person.Place ?? person.Id);
            Delete(person, isTelling: true);
        }
    }

    /// <summary>
    /// Whoever may have a user name that somebody else is to have, resting or on the way to another, is called by the id: a server takes no name twice. Not
    /// where the other one certainly has it already.
    /// </summary>
    private void PutAside(IReadOnlyDictionary<string, string> userNames)
    {
        foreach (var held in InOrder().Where(held => held.Type.IsPerson && held.Names.Any(name => IsOfAnother(held, name))).ToList())
        {
            _aside.Add(held);
            LinesOf(held).Add(Add(ScimLine.Write(ScimLine.Aside, held.Type, held.Id, place: held.Place)));
        }

        bool IsOfAnother(ScimHeld held, string name) =>
            userNames.TryGetValue(name, out var id) && id != held.Id && _held.GetValueOrDefault((held.Type, id))?.IsNamed(name) != true;
    }

    private void Bring(ScimResource resource)
    {
        var held = _held.GetValueOrDefault((resource.Type, resource.Id));
        var added = resource.Links.Where(id => held is null || _input.IsTotal || !held.Has.Contains(id)).ToHashSet(StringComparer.Ordinal);
        var wanted = resource.Links.ToHashSet(StringComparer.Ordinal);
        string[] gone = [.. held?.MayHave.Where(id => !wanted.Contains(id)) ?? []];
        string[] goneNow = [.. gone.Where(id => !IsLeaving(id))];
        var isSame = held is not null && !_input.IsTotal && held.Since.Length == 0 && !_aside.Contains(held) && held.Hash == resource.Hash && added.Count == 0 && goneNow.Length == 0;
        var lines = held is null ? [] : LinesOf(held);
        if (!isSame)
        {
            lines.Add(Add(resource.Type.List is null
                ? ScimLine.Write(ScimLine.Bring, resource.Type, resource.Id, resource.Json, place: held?.Place, isGiven: held is not null)
                : ScimLine.Write(
                    ScimLine.Bring, resource.Type, resource.Id, resource.Json, resource.Links.Where(id => !added.Contains(id)), resource.Links.Where(added.Contains), goneNow,
                    isGiven: held is not null, isAll: SaysAll)));
        }

        var told = held is not null && IsTelling(held);
        _known.Add(ScimHeld.Brought(resource, lines, added, gone, held?.Names ?? [], told || lines.Count == 0 ? [] : held?.Texts ?? [], told));
        _held.Remove((resource.Type, resource.Id));
    }

    private void TakeAway(ScimHeld gone)
    {
        if (IsOver(gone))
        {
            Delete(gone, isTelling: false);
            return;
        }

        var lines = LinesOf(gone);
        if (gone.Type.CanRest && (!gone.IsResting || _input.IsTotal))
        {
            lines.Add(Add(ScimLine.Write(ScimLine.Rest, gone.Type, gone.Id, gone: gone.MayHave.Where(id => !IsLeaving(id)), place: gone.Place, isAll: SaysAll && gone.Type.List is not null)));
        }

        // Whoever was in the register again meanwhile, delivered or not, has left anew.
        var isAnew = gone.Since.Length > 0 && gone.Since != Day(_input.Date) && _waiting.Contains(gone.Id);
        _isOtherwiseKnown |= isAnew;
        _known.Add(gone.Resting(gone.Since.Length > 0 && !isAnew ? gone.Since : Day(_input.Date), lines, _aside.Contains(gone), IsNamesake(gone)));
        _held.Remove((gone.Type, gone.Id));
    }

    /// <summary>
    /// A server that was restored to an earlier day may have again what is gone since: it is told once more when everything is, and whoever is protected goes
    /// also where nobody else may. Last, when it was seen whether the server keeps our ids.
    /// </summary>
    private void Remember(ScimHeld gone, FeedFiles files)
    {
        var mustGo = MustGoAgain(gone);
        if (_input.IsTotal && (mustGo || (SaysAll && !_waiting.Contains(gone.Id))))
        {
            Forget(files, gone.Id);
            LinesOf(gone).Add(Add(ScimLine.Write(ScimLine.Delete, gone.Type, gone.Id)));
        }

        _known.Add(gone.Leaving(LinesOf(gone), gone.GoneSince, mustGo));
    }

    /// <summary>
    /// Whether it rests no longer, or is not to rest at all. Who is back in the register and waits for the guard is not gone, and in a freeze no time runs out.
    /// Who leaves tonight has passed the guard; what rests goes as planned.
    /// </summary>
    private bool IsOver(ScimHeld gone)
    {
        var settings = (ScimSettings)_input.Settings;
        return !_waiting.Contains(gone.Id)
            && (!gone.Type.CanRest
                || (gone.Since.Length == 0 ? settings.RestingDays == 0
                    : ScimDue.IsDue(gone, settings, _input.Date) && !_input.KeepsLeavers && _input.MayDelete(gone.Type.Endpoint, gone.Id)));
    }

    private void Delete(ScimHeld gone, bool isTelling)
    {
        LinesOf(gone).Add(Add(ScimLine.Write(ScimLine.Delete, gone.Type, gone.Id, place: gone.Place)));
        _known.Add(gone.Leaving(LinesOf(gone), Day(_input.Date), isTelling));
        _held.Remove((gone.Type, gone.Id));
    }

    /// <summary>Whether what a server has again, since it was restored, is taken away.</summary>
    private bool SaysAll => _input is { IsTotal: true, KeepsLeavers: false };

    private bool MustGoAgain(ScimHeld gone) => gone.MustGo || IsLeaving(gone.Id);

    private IEnumerable<ScimHeld> InOrder() => ScimType.InOrder.SelectMany(type => _held.Values.Where(held => held.Type == type).OrderBy(held => held.Id, StringComparer.Ordinal));

    private bool IsLeaving(string id) => _leavers.Has(Encoding.UTF8.GetBytes(id));

    /// <summary>What the server is to forget it knows by a key, which may tell of somebody.</summary>
    private void Forget(FeedFiles files, string id) => files.Forget(Encoding.UTF8.GetBytes(id), _input.IsTelling);

    private List<int> LinesOf(ScimHeld held) => _linesOf.TryGetValue(held, out var lines) ? lines : _linesOf[held] = [];

    /// <returns>The line's number.</returns>
    private int Add(string line)
    {
        _lines.Add(line);
        return _lines.Count;
    }

    private void WriteLines(FeedFiles files)
    {
        using var writer = new StreamWriter(files.Create(ScimFeed.FileName), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        _lines.ForEach(writer.WriteLine);
    }

    private static string Day(DateOnly day) => day.ToString(DayAttribute.Form, CultureInfo.InvariantCulture);
}
