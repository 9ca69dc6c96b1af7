using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What made somebody protected first.</summary>
public enum MemoryReason : byte
{
    Marking,
    UnknownMarking,

    /// <summary>Another record of the same human.</summary>
    SharedIdentity,

    /// <summary>Rosters of earlier nights, when the memory itself was lost.</summary>
    Records,

    /// <summary>A record without a usable id: the id is made of what it says.</summary>
    WithoutId,
}

/// <summary>Somebody who was ever protected: an id and hashes, nothing that can be read.</summary>
/// <param name="Since">The day on which it was seen first.</param>
internal sealed record Remembered(EntityId Id, Day Since, MemoryReason Reason)
{
    /// <summary>Complete pulls in a row that have handed out the human with no marking at all.</summary>
    public int Clears { get; init; }

    /// <summary>Of civic numbers and logins, with the memory's key.</summary>
    public HashSet<ulong> Identities { get; init; } = [];

    /// <summary>Who answers for the person, and leaves targets by keys alone as well.</summary>
    public HashSet<EntityId> Companions { get; init; } = [];

    public HashSet<ProtectedPhrase> Phrases { get; init; } = [];

    public HashSet<ProtectedPair> Names { get; init; } = [];

    /// <summary>In what a new record would be like the person's own, once that has gone.</summary>
    public HashSet<Likeness> Likenesses { get; init; } = [];

    /// <summary>The first day on which the person's own record was not handed out any more; absent while it is.</summary>
    public Day GoneSince { get; init; }

    public void AddIdentity(ulong hash)
    {
        if (hash != 0)
        {
            Identities.Add(hash);
        }
    }

    public void AddIdentity(PersonIdentity identity)
    {
        AddIdentity(identity.CivicNumber);
        AddIdentity(identity.Login);
    }
}
