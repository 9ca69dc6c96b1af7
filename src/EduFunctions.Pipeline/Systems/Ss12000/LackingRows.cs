using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Which rows of a collection are without something that they may have had before, noted while the pages pass by.</summary>
internal sealed class LackingRows(RowPart[] parts)
{
    private readonly IdCollector?[] _lacking = new IdCollector?[parts.Length];
    private readonly IdCollector?[] _strange = new IdCollector?[parts.Length];

    public RowPart[] Parts => parts;

    /// <summary>Whether the row is without it, be it that something else stands there.</summary>
    public bool Has(int part, EntityId row) => _lacking[part]?.Contains(row) == true;

    /// <summary>The rows without it, in order.</summary>
    public ReadOnlySpan<EntityId> Without(int part) => _lacking[part] is { } rows ? rows.Ids : [];

    /// <summary>Whether something stands there, and not what should.</summary>
    public bool IsStrange(int part, EntityId row) => _strange[part]?.Contains(row) == true;

    /// <summary>Adds what another answer lacks.</summary>
    public void Add(LackingRows other)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            Join(ref _lacking[part], other._lacking[part]);
            Join(ref _strange[part], other._strange[part]);
        }
    }

    private static void Join(ref IdCollector? ids, IdCollector? others)
    {
        if (others is not null)
        {
            (ids ??= new IdCollector()).Add(others);
        }
    }

    public void Add(EntityId row, in RowLook look)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            if (!look.Has(part))
            {
                (_lacking[part] ??= new IdCollector()).Add(row);
                if (look.IsStrange(part))
                {
                    (_strange[part] ??= new IdCollector()).Add(row);
                }
            }
        }
    }
}

/// <summary>What of its parts a row has, while it is read.</summary>
internal struct RowLook(RowPart[] parts)
{
    private uint _has;
    private uint _strange;
    private int _part = -1;
    private bool _isAwaited;
    private int _unread;

    public readonly bool Has(int part) => (_has >> part & 1) != 0;

    public readonly bool IsStrange(int part) => (_strange >> part & 1) != 0;

    /// <summary>A bit for each part in whose place nothing stands either.</summary>
    public readonly byte SurelyWithout => (byte)(~(_has | _strange) & ((1u << parts.Length) - 1));

    /// <summary>A property of the row's own begins.</summary>
    public void Begin(ReadOnlySpan<byte> name)
    {
        End();
        for (var part = 0; part < parts.Length; part++)
        {
            if (parts[part].Is(name))
            {
                _part = part;
            }
            else if (!Has(part) && !name.IsEmpty && parts[part].IsLike(name))
            {
                _strange |= 1u << part;
            }
        }

        (_isAwaited, _unread) = (_part >= 0, 0);
    }

    /// <summary>A value, or the beginning of one.</summary>
    /// <param name="depth">0 for the property's own, 1 for an item of a list.</param>
    public void Note(ref Utf8JsonReader json, int depth)
    {
        if (_part < 0)
        {
            return;
        }

        if (_isAwaited && depth == 0)
        {
            _isAwaited = false;
            NoteOwn(ref json);
        }
        else if (depth == 1 && parts[_part].Form == PartForm.References && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            _unread++;
        }
    }

    /// <summary>A reference of the property's was read.</summary>
    /// <param name="depth">1 where the property is the object that has the id, 2 where it is a list of such.</param>
    public void NoteId(int depth)
    {
        if (_part >= 0 && depth == 1 && parts[_part].Form == PartForm.Reference)
        {
            Set(true, false);
        }
        else if (_part >= 0 && depth == 2 && parts[_part].Form == PartForm.References)
        {
            _unread--;
        }
    }

    /// <summary>The property, or the row, is at its end.</summary>
    public void End()
    {
        if (_part >= 0 && _unread > 0)
        {
            Set(false, true);
        }

        _part = -1;
    }

    private void NoteOwn(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var has = parts[_part].Form switch
        {
            PartForm.Value => json.TokenType == JsonTokenType.String && !Text.IsBlank(JsonText.Of(ref json, out _)),
            PartForm.Reference => false,
            _ => json.TokenType == JsonTokenType.StartArray,
        };
        Set(has, !has && parts[_part].Form is PartForm.Reference or PartForm.References);
    }

    private void Set(bool has, bool isStrange)
    {
        var bit = 1u << _part;
        (_has, _strange) = (has ? _has | bit : _has & ~bit, isStrange ? _strange | bit : _strange & ~bit);
    }
}
