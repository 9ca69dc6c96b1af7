using System.Text;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>The ids that stand in the files, by kind and rank; within a kind ranks are in the order of the ids.</summary>
internal sealed class UnikumIds(Roster roster, UnikumPeople people, UnikumSettings settings)
{
    private readonly byte[] _organisation = Encoding.UTF8.GetBytes(settings.OrganisationId);
    private readonly byte[] _subject = new byte[UnikumPeople.LongestId];
    private readonly byte[] _object = new byte[UnikumPeople.LongestId];

    /// <summary>Good until the next subject.</summary>
    public ReadOnlySpan<byte> Subject(ObjectKind kind, int rank) => Format(kind, rank, _subject);

    /// <summary>Good until the next object.</summary>
    public ReadOnlySpan<byte> Object(ObjectKind kind, int rank) => Format(kind, rank, _object);

    private ReadOnlySpan<byte> Format(ObjectKind kind, int rank, byte[] id)
    {
        switch (kind)
        {
            case ObjectKind.Organisation:
                return _organisation;
            case ObjectKind.User:
                return id.AsSpan(0, people.FormatId(rank, id));
            case ObjectKind.School:
                return id.AsSpan(0, roster.Units[rank].Id.Format(id));
            default:
                return id.AsSpan(0, roster.Sections[rank].Id.Format(id));
        }
    }
}
