using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What is not looked for, although protected persons have it.</summary>
/// <param name="Hits">Values that say nothing of anybody.</param>
/// <param name="Words">Words in which a name seems to stand that is none there.</param>
/// <param name="Spared">Who would have been kept out by a value that too many bear.</param>
internal sealed record SharedHits(IReadOnlyCollection<RowHit> Hits, IReadOnlyCollection<ulong> Words, IReadOnlyCollection<EntityId> Spared);
