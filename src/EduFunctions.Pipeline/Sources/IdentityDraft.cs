using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>By what records of one human are known, while a person is read. Serves one person after the other.</summary>
internal sealed class IdentityDraft
{
    private readonly List<ulong> _further = [];
    private PersonIdentity _identity;

    public void AddCivicNumber(ReadOnlySpan<byte> utf8) => AddNumber(PersonIdentity.OfCivicNumber(utf8));

    /// <summary>Of a civic number, or of what a register has in its place.</summary>
    public void AddNumber(ulong hash)
    {
        if (_identity.CivicNumber == 0)
        {
            _identity = _identity with { CivicNumber = hash };
        }
        else
        {
            AddFurther(hash);
        }
    }

    public void AddLogin(ReadOnlySpan<byte> utf8)
    {
        var hash = PersonIdentity.OfLogin(utf8);
        if (_identity.Login == 0)
        {
            _identity = _identity with { Login = hash };
        }
        else
        {
            AddFurther(hash);
        }
    }

    /// <summary>Of whatever else no two humans have.</summary>
    public void AddFurther(ulong hash)
    {
        if (hash != 0)
        {
            _further.Add(hash);
        }
    }

    /// <summary>Ends the person. A marked record without an id protects by what it shares with others, and is remembered by what it says.</summary>
    /// <param name="values">Of a marked one.</param>
    public PersonIdentity End(SourceData fragment, EntityId id, Marking marking, IReadOnlyList<PersonalValue> values)
    {
        var identity = _identity;
        if (!id.IsNone)
        {
            foreach (var hash in _further)
            {
                fragment.FurtherIdentities.Add(new FurtherIdentity(id, hash));
            }
        }
        else if (marking >= Marking.Unknown)
        {
            ulong[] hashes = [.. new[] { identity.CivicNumber, identity.Login }.Concat(_further).Where(hash => hash != 0)];
            fragment.MarkedIdentities.Add(hashes);
            StandIns.Add(fragment, hashes, values);
        }

        _identity = default;
        _further.Clear();
        return identity;
    }
}
