using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// What Learn knows ids of the source by, where they have to be of its alphabet: the id itself, or one derived from it where Learn does not take that, or where
/// another differs from it in case only.
/// </summary>
internal static class LearnIds
{
    /// <param name="takes">Whether Learn takes an id as it is.</param>
    /// <param name="what">What derived ids are derived for.</param>
    public static EntityId[] Of(EntityId[] ids, Predicate<EntityId> takes, string what)
    {
        var taken = Array.ConvertAll(ids, id => takes(id) ? id : Derived(what, id));
        foreach (var row in SharedTexts.Find(taken.Length, () => Reader(taken)).SelectMany(same => same.Skip(1)).ToList())
        {
            taken[row] = Derived(what, taken[row]);
        }

        return taken;
    }

    public static EntityId Derived(string what, params IEnumerable<EntityId> of) => EntityId.Derive(Encoding.UTF8.GetBytes($"{what}|{string.Join('|', of)}"));

    /// <summary>Uuids are in lower case, so that none has another spelling.</summary>
    private static SharedTexts.Reader Reader(EntityId[] ids)
    {
        var text = new byte[EntityId.LongestText];
        return row => ids[row].IsText ? text.AsSpan(0, ids[row].Format(text)) : default;
    }
}
