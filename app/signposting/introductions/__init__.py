"""Coaching and mentoring: members who offer it, and introductions to which both sides say yes.

Nobody but the two and the programme's leads, who coordinate, sees who was introduced to whom.
"""
