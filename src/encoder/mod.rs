//! Word pieces in, one vector a piece out: the learned reading that stance and topics share.
