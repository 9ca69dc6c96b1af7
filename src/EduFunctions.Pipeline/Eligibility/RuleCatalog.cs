using System.Numerics;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>The rules of some books by number: what the reasons of a ledger stand for.</summary>
public sealed class RuleCatalog
{
    private readonly Rule?[] _byNumber = new Rule?[Reasons.Most];

    /// <summary>By role: the rules that it regards.</summary>
    private readonly uint[] _regarded = new uint[(int)(Roles.Student | Roles.Staff | Roles.Guardian) + 1];

    public RuleCatalog(params IEnumerable<RuleBook> books)
    {
        foreach (var rule in books.SelectMany(book => book.All))
        {
            _byNumber[rule.Number] ??= rule;
        }

        for (var role = 0; role < _regarded.Length; role++)
        {
            _regarded[role] = All.Where(rule => (rule.Roles & (Roles)role) != 0).Aggregate(Reasons.None, (all, rule) => all | Reasons.Of(rule)).Bits;
        }
    }

    public IReadOnlyList<Rule> All => [.. _byNumber.OfType<Rule>()];

    /// <summary>What of all that speaks against a person is asked in a role.</summary>
    public Reasons Regarding(Reasons person, Roles role) => new(person.Bits & _regarded[(int)role]);

    /// <summary>The failed rules in the order of their numbers.</summary>
    public IEnumerable<Rule> Each(Reasons reasons)
    {
        for (var bits = reasons.Bits; bits != 0; bits &= bits - 1)
        {
            if (_byNumber[BitOperations.TrailingZeroCount(bits)] is { } rule)
            {
                yield return rule;
            }
        }
    }

    public Rule? Find(string code) => Array.Find(_byNumber, rule => rule?.Code == code);
}
