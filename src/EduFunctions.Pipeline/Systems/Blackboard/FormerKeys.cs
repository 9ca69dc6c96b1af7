using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>The keys that people of today had at Learn before they were renamed, and their associations with nodes: a Learn that was restored has those again.</summary>
internal sealed class FormerKeys
{
    private readonly PastValues _past = new(LearnObject.Person.FormerKeysFile, MovingRows.Former);
    private readonly Dictionary<EntityId, List<EntityId>> _persons = [];
    private readonly Roster _roster;
    private readonly HashSet<EntityId> _current = [];
    private readonly HashSet<EntityId> _claimed = [];
    private readonly HashSet<EntityId> _shared = [];
    private Dictionary<EntityId, List<EntityId>>? _associations;

    /// <param name="renames">Those of tonight are told in any case, and their former keys are past ones from then on.</param>
    public FormerKeys(FeedInput input, LearnRenames renames)
    {
        _roster = input.Roster;
        _past.Read(input.Before, input.RemembersSince, renames.Today);
        foreach (var (before, now) in renames.Persons)
        {
            _past.Add(now, $"{before}", input.Date);
        }

        if (!_past.Any)
        {
            return;
        }

        _current.UnionWith(input.Roster.PersonIds());
        foreach (var (person, value) in _past.All)
        {
            // A key that is somebody's of today is no former one.
            if (EntityId.TryRead(Encoding.UTF8.GetBytes(value), out var former)
                && former != person && !_current.Contains(former) && former != renames.Former(LearnObject.Person, person))
            {
                Add(_persons, person, former);
            }
        }
    }

    /// <summary>Of what has this key now: those before it, the last first, but for the one that it is moved from tonight.</summary>
    public IReadOnlyList<EntityId> Of(LearnObject kind, EntityId key) =>
        kind == LearnObject.Person ? _persons.GetValueOrDefault(key) ?? []
        : kind == LearnObject.UserAssociation ? Associations().GetValueOrDefault(key) ?? []
        : [];

    /// <summary>The same without keys that two have had: nobody knows whose record Learn has by them.</summary>
    public IReadOnlyList<EntityId> OwnOf(LearnObject kind, EntityId key) => [.. Of(kind, key).Where(former => !_shared.Contains(former))];

    public bool IsOfToday(ReadOnlySpan<byte> person) => EntityId.TryFind(person, out var id) && _current.Contains(id);

    public void Keep(BlackboardSettings settings, FeedFiles files) => _past.Keep(settings, files, static _ => true);

    /// <summary>With every school each: made on the nights that ask for one, which few do.</summary>
    private Dictionary<EntityId, List<EntityId>> Associations()
    {
        if (_associations is null)
        {
            _associations = [];
            foreach (var (person, formers) in _persons)
            {
                foreach (ref readonly var unit in _roster.Units.Rows)
                {
                    foreach (var former in formers)
                    {
                        Add(_associations, LearnAssociations.KeyOfUser(unit.Id, person), LearnAssociations.KeyOfUser(unit.Id, former));
                    }
                }
            }
        }

        return _associations;
    }

    private void Add(Dictionary<EntityId, List<EntityId>> all, EntityId key, EntityId former)
    {
        if (!all.TryGetValue(key, out var formers))
        {
            all[key] = formers = [];
        }

        formers.Add(former);
        if (!_claimed.Add(former))
        {
            _shared.Add(former);
        }
    }
}
